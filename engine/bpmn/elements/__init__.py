"""One file per element, in folders as BPMN names its families. Elements are read only while executing; tokens remember for them."""

"""One file per element, in folders as BPMN names its families. Elements never change; tokens remember for them."""

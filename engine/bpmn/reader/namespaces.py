"""XML namespaces of what is read."""

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
FLOWABLE = "{http://flowable.org/bpmn}"
ACTIVITI = "{http://activiti.org/bpmn}"
SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"

#: These three share their attribute names.
CAMUNDA_FAMILY = (CAMUNDA, FLOWABLE, ACTIVITI)

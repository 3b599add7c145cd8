// What form-js's rendering does besides rendering: find each visible field, once for every repetition, and compute expression fields.
import { buildExpressionContext } from "@bpmn-io/form-js-viewer";
import { at } from "../form/values.js";

const MAX_PASSES = 10; // an expression field may read another one; form-js itself stops loops too

/** The visible fields with a value: [{id, valuePath, indexes, expressionContextInfo}]; they are registered with the form. */
export function fieldInstances(form) {
  const registry = form.get("formFieldInstanceRegistry");
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    registry.clear();
    if (!new Walk(form).visit()) {
      break;
    }
  }
  return registry.getAllKeyed();
}

class Walk {
  constructor(form) {
    this.form = form;
    this.state = form._getState();
    this.feel = form.get("expressionLanguage");
    this.formFields = form.get("formFields");
    this.paths = form.get("pathRegistry");
    this.registry = form.get("formFieldInstanceRegistry");
    this.hasComputed = false;
  }

  /** Whether a computed value changed, so that conditions may be different now. */
  visit() {
    const { data, initialData, schema } = this.state;
    const visible = { ...initialData, ...this.form.get("conditionChecker").applyConditions(data, data) };
    this.field(schema, {}, { data: visible, this: visible, parent: null, i: [] });
    return this.hasComputed;
  }

  field(field, indexes, scope) {
    if (this.isHidden(field, scope)) {
      return;
    }
    const { config } = this.formFields.get(field.type);
    const valuePath = this.paths.getValuePath(field, { indexes });
    if (field.type === "expression") {
      this.compute(field, valuePath, scope);
    }
    const instanceId = JSON.stringify([field.id, indexes]);
    this.registry.syncInstance(instanceId, { id: field.id, valuePath, indexes, expressionContextInfo: scope, hidden: false });
    if (config.repeatable && field.isRepeating) {
      this.repetitions(field, valuePath, indexes, scope);
    } else {
      this.components(field, indexes, scope);
    }
  }

  components(field, indexes, scope) {
    for (const component of field.components ?? []) {
      this.field(component, indexes, scope);
    }
  }

  repetitions(field, valuePath, indexes, scope) {
    const rows = at(this.state.data, valuePath) ?? [];
    rows.forEach((row, index) => {
      const inner = { data: scope.data, this: row, parent: scope.this, i: [...scope.i, index + 1] };
      this.components(field, { ...indexes, [field.id]: index }, inner);
    });
  }

  isHidden(field, scope) {
    const hide = field.conditional?.hide;
    return Boolean(hide) && this.feel.evaluateUnaryTest(hide, buildExpressionContext(scope)) === true;
  }

  compute(field, valuePath, scope) {
    const value = this.feel.evaluate(field.expression, buildExpressionContext(scope));
    const owner = at(this.state.data, valuePath.slice(0, -1));
    const key = valuePath.at(-1);
    if (JSON.stringify(owner[key] ?? null) !== JSON.stringify(value ?? null)) {
      owner[key] = value ?? null;
      this.hasComputed = true;
    }
  }
}

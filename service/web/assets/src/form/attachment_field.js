// form-js's file picker, with files that are kept at once: drag and drop, progress, preview, download.
// Its value is what the process sees: [{id, name, size}].
import { Errors, FilePicker, Label } from "@bpmn-io/form-js-viewer";
import { h } from "preact";
import { useRef, useState } from "preact/hooks";
import { postFiles } from "../requests.js";
import { t } from "../words.js";

/** A form-js module that puts this field in place of the built-in one; files go to `address`. */
export function attachmentModule(address) {
  function Field(props) {
    return AttachmentField({ ...props, address });
  }
  Field.config = { ...FilePicker.config, emptyValue: null };

  class Registration {
    static $inject = ["formFields"];

    constructor(formFields) {
      formFields.register("filepicker", Field);
    }
  }

  return { __init__: ["attachmentField"], attachmentField: ["type", Registration] };
}

function AttachmentField({ address, field, domId, value, errors = [], disabled, readonly, onChange }) {
  const [progress, setProgress] = useState(null);
  const [refusal, setRefusal] = useState("");
  const files = Array.isArray(value) ? value : [];
  const isFixed = disabled || readonly || !address;

  async function add(chosen) {
    if (isFixed || !chosen.length) {
      return;
    }
    setRefusal("");
    setProgress(0);
    const { status, body } = await postFiles(address, "files", chosen, setProgress);
    setProgress(null);
    if (status === 200) {
      onChange({ value: field.multiple ? [...files, ...body.attachments] : body.attachments.slice(-1) });
    } else {
      setRefusal(body.detail ?? t("The file could not be uploaded."));
    }
  }

  const remove = (id) => {
    const rest = files.filter((file) => file.id !== id);
    onChange({ value: rest.length ? rest : null });
  };

  return h("div", { class: classesOf(errors, disabled, readonly) }, [
    h(Label, { htmlFor: domId, label: field.label, required: field.validate?.required }),
    files.length > 0 && h("ul", { class: "attachments" }, files.map((file) => h(Attachment, { file, remove: isFixed ? null : remove }))),
    files.length === 0 && isFixed && h("p", { class: "quiet" }, t("No files")),
    !isFixed && h(DropZone, { domId, field, add }),
    progress !== null && h("progress", { value: progress, max: 1, "aria-label": t("Uploading") }),
    refusal && h("p", { class: "field-error", role: "alert" }, refusal),
    h(Errors, { id: `${domId}-error-message`, errors }),
  ]);
}

function Attachment({ file, remove }) {
  const address = `/attachments/${encodeURIComponent(file.id)}/view`;
  return h("li", { class: "attachment", key: file.id }, [
    h("a", { href: address, target: "_blank", rel: "noopener" }, file.name),
    h("span", { class: "quiet" }, sizeOf(file.size)),
    remove && h("button", { type: "button", class: "icon-button", "aria-label": t("Remove {}", file.name), onClick: () => remove(file.id) }, "×"),
  ]);
}

function DropZone({ domId, field, add }) {
  const input = useRef(null);
  const [isOver, setOver] = useState(false);
  return h(
    "div",
    {
      class: `drop-zone ${isOver ? "is-over" : ""}`,
      onDragOver: (event) => {
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop: (event) => {
        event.preventDefault();
        setOver(false);
        add([...event.dataTransfer.files]);
      },
    },
    [
      h("input", {
        ref: input,
        id: domId,
        type: "file",
        class: "visually-hidden",
        multiple: Boolean(field.multiple),
        accept: typeof field.accept === "string" ? field.accept : undefined,
        onChange: () => {
          add([...input.current.files]);
          input.current.value = "";
        },
      }),
      h("button", { type: "button", class: "btn btn-small", onClick: () => input.current.click() }, t("Choose files")),
      h("span", null, t("or drop them here")),
    ],
  );
}

function classesOf(errors, disabled, readonly) {
  const states = [errors.length && "fjs-has-errors", disabled && "fjs-disabled", readonly && "fjs-readonly"];
  return ["fjs-form-field", "fjs-form-field-filepicker", ...states.filter(Boolean)].join(" ");
}

function sizeOf(bytes) {
  return bytes >= 1 << 20 ? `${(bytes / (1 << 20)).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} kB`;
}

"""What is said of a wrong value, in Chinese and in English: form-js's words where form-js has the rule."""

from __future__ import annotations

from typing import Final

from service.forms.localisation import Language

#: Chinese, English.
Sentence = tuple[str, str]
INDEX: Final[dict[Language, int]] = {"zh": 0, "en": 1}

REQUIRED: Final = ("请填写此项。", "Field is required.")
NOT_ACCEPTED: Final = ("该字段不接受这个值。", "This value is not one of those that the field accepts.")
UNKNOWN: Final = ("此表单没有这个字段。", "This form has no such field.")
READ_ONLY: Final = (
    "此项只供查看，不能修改；如果它在此期间已变化，请刷新页面。",
    "This is only shown and cannot be changed. If it has changed meanwhile, reload the page.",
)
ROWS: Final = ("此处不能增加或删除行。", "Rows can be neither added nor removed here.")
PAST: Final = ("不能早于今天。", "It must not be before today.")
EMAIL: Final = ("请填写正确的电子邮箱。", "Field must be a valid email.")
PHONE: Final = (
    "请填写带国家代码的电话号码，例如 +8613800000000。",
    "Field must be a valid  international phone number. (e.g. +4930664040900)",
)
BAD_MIN: Final = ("最小值不是数字。", "Min validation value is not a valid number.")
BAD_MAX: Final = ("最大值不是数字。", "Max validation value is not a valid number.")


def minimum(value: str) -> Sentence:
    return f"不能小于 {value}。", f"Field must have minimum value of {value}."


def maximum(value: str) -> Sentence:
    return f"不能大于 {value}。", f"Field must have maximum value of {value}."


def shortest(value: str) -> Sentence:
    return f"至少 {value} 个字符。", f"Field must have minimum length of {value}."


def longest(value: str) -> Sentence:
    return f"最多 {value} 个字符。", f"Field must have maximum length of {value}."


def pattern(value: str) -> Sentence:
    return f"格式不对，应符合 {value}。", f"Field must match pattern {value}."


def decimals(digits: int) -> Sentence:
    if digits == 0:
        return "数值应为整数。", "Value is expected to be an integer."
    ending = "s" if digits > 1 else ""
    return f"数值应最多有 {digits} 位小数。", f"Value is expected to have at most {digits} decimal digit{ending}."


def step(below: str, above: str) -> Sentence:
    return (
        f"数值不合步长，最接近的是 {below} 和 {above}。",
        f"Please select a valid value, the two nearest valid values are {below} and {above}.",
    )


def too_many_rows(most: int) -> Sentence:
    return f"行数过多，最多接受 {most:,} 行。", f"There are too many rows; at most {most:,} are taken."


def about(name: str, sentence: str, language: int) -> str:
    """The sentence with the name of its field before it."""
    return f"{name}: {sentence}" if language else f"{name}：{sentence}"

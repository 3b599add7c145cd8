"""The sheet of paper: for those who may see the case, with the values they may see."""

from __future__ import annotations

from tests.web.visitor import Visitor


def test_the_sheet_of_a_task_has_the_values_of_its_form_and_the_record(approval: str, wang: Visitor) -> None:
    wang.sends(f"{approval}/complete", variables={"days": 3}, outcome="approve", comment="早去早回")
    page = wang.opens(f"{approval}/sheet")
    assert page.title == "出差申请"
    rows = {row.xpath("string(th)"): row.xpath("string(td)") for row in page.tree.xpath("//table[2]//tr")}
    assert rows == {"目的地": "北京", "天数": "3"}
    assert "早去早回" in page.text
    assert "王磊" in page.text


def test_hidden_fields_are_not_on_paper_either(approval: str, wang: Visitor) -> None:
    assert "面谈" not in wang.opens(f"{approval}/sheet").text


def test_the_sheet_of_a_case_is_for_who_sees_the_case(trip: str, chen: Visitor, wang: Visitor, li: Visitor) -> None:
    assert "面谈" in chen.opens(f"{trip}/sheet").text
    assert "面谈" not in wang.opens(f"{trip}/sheet").text
    assert li.opens(f"{trip}/sheet").status == 404

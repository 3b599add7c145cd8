"""Forms as people fill them in, by the element they belong to. A test changes what it is about."""

from __future__ import annotations

from typing import Any

Values = dict[str, Any]

#: Stands for a file: `Case.submit` adds one and sends what was answered.
SCAN = "扫描件.pdf"

LEAD: Values = {
    "leadSource": "exhibition",
    "industry": "manufacturing",
    "customerName": "杭州远景机械有限公司",
    "demand": "需要一套仓储管理系统，年底前上线。",
    "contactName": "周海",
    "contactPhone": "0571-88886666",
    "contactEmail": "zhou.hai@yuanjing.example",
    "contactAddress": "杭州市滨江区江南大道 1 号",
    "registeredBy": "chen.jing",
    "registeredAt": "2026-11-23",
}
FITS: Values = {
    "fitsScope": "yes",
    "fitsStrategy": "yes",
    "handlerKind": "project-manager",
    "projectManager": "li.na",
    "assessmentOpinion": "客户需求明确，值得承接。",
}
FITS_SPECIALIST: Values = {
    **{name: value for name, value in FITS.items() if name != "projectManager"},
    "handlerKind": "business-specialist",
    "businessSpecialist": "zhou.jie",
}
DOES_NOT_FIT: Values = {"fitsScope": "yes", "fitsStrategy": "no", "assessmentOpinion": "不在公司的发展方向上。"}
NEEDS: Values = {
    "specificNeeds": "入库、出库、盘点，接口与现有系统对接。",
    "expectations": "三个月内上线",
    "constraints": "预算八万元",
}
PROPOSAL: Values = {
    "proposalGoal": "建成可用的仓储管理系统",
    "proposalScope": "调研、实施、培训、上线支持",
    "schedule": [{"stage": "实施", "startsOn": "2026-12-01", "endsOn": "2027-01-31", "deliverable": "系统"}],
    "budget": [{"item": "人工", "amount": 50_000}, {"item": "差旅", "amount": 3_000.5, "note": "杭州"}],
}
NEGOTIATION: Values = {
    "negotiatedOn": "2026-11-26",
    "negotiators": "李娜、周海",
    "negotiationNotes": "逐条讨论了方案与报价。",
    "negotiationResult": "satisfied",
}
CUSTOMER_WANTS_CHANGES: Values = {**NEGOTIATION, "negotiationResult": "change", "changeRequests": "增加移动端。"}
CUSTOMER_GIVES_UP: Values = {**NEGOTIATION, "negotiationResult": "give-up", "giveUpReason": "预算被取消。"}

CONTRACT: Values = {
    "contractTitle": "仓储管理系统实施合同",
    "counterparty": "杭州远景机械有限公司",
    "contractAmount": 80_000,
    "contractStart": "2026-12-01",
    "contractEnd": "2027-03-31",
    "contractCopies": 4,
    "paymentTerms": [{"milestone": "上线", "amount": 80_000, "condition": "验收后三十日内"}],
    "ourObligations": "按期交付系统并培训。",
    "theirObligations": "提供场地与资料，按期付款。",
}
SEAL: Values = {"sealDocument": "投标承诺书", "sealKind": "company", "sealCopies": 2, "sealPurpose": "投标"}
SEALED: Values = {"sealedCopies": 4, "sealedAt": "2026-11-27T10:00+08:00"}
SEAL_ARCHIVED: Values = {"sealArchiveNumber": "YY-2026-018", "sealArchivedCopies": SCAN}
SIGNED: Values = {"signedOn": "2026-11-27", "signedByUs": "刘志远", "signedByThem": "周海", "signedScans": SCAN}
ARCHIVED: Values = {"archiveNumber": "HT-2026-031", "archivedOn": "2026-11-27", "archivePlace": "档案室 3 柜"}

REFERENCE: Values = {
    "contractNumber": "HT-2026-7",
    "customerName": "杭州远景机械有限公司",
    "contractTitle": "仓储管理系统实施合同",
    "contractAmount": 80_000,
    "leadNumber": "XS-2026-7",
    "projectManager": "li.na",
}
PLAN: Values = {
    "projectName": "远景仓储系统",
    "projectManager": "li.na",
    "businessSpecialist": "zhou.jie",
    "projectGoal": "年底前上线",
    "members": [{"person": "zhou.jie", "duty": "实施"}, {"person": "cao.yi", "duty": "开发"}],
    "planTasks": [
        {"name": "现场调研", "owner": "zhou.jie", "deadline": "2026-12-04", "deliverable": "调研报告"},
        {"name": "系统配置", "owner": "cao.yi", "deadline": "2026-12-18"},
    ],
}
TASK_DONE: Values = {"taskResult": "已按要求完成。"}
PROGRESS: Values = {
    "progressPercent": 40,
    "progressRisk": "low",
    "progressDate": "2026-11-30",
    "progressDone": "调研",
    "progressNext": "配置",
}
COMMUNICATION: Values = {
    "communicatedOn": "2026-11-25",
    "communicationMethod": "visit",
    "communicationContact": "周海",
    "communicationContent": "介绍了项目计划。",
}
CHANGE: Values = {"changeImpact": "增加移动端页面", "changeDays": 10, "changeCost": 8_000}
ISSUE: Values = {
    "issueTitle": "接口资料迟迟不到",
    "issueSeverity": "serious",
    "issueDescription": "客户未提供接口文档。",
    "issueImpact": "上线可能推迟。",
}
DISCUSSION: Values = {"participants": ["he.bin", "cao.yi"], "discussionFocus": "如何取得接口资料？"}
OPINION: Values = {"opinion": "请客户领导出面协调。"}
DECISION: Values = {
    "decision": "由公司领导出面协调。",
    "actions": [
        {"action": "约见客户领导", "owner": "zheng.kai", "dueDate": "2026-11-27"},
        {"action": "准备模拟接口", "owner": "cao.yi", "dueDate": "2026-12-11"},
    ],
}
ACTION_DONE: Values = {"actionResult": "已经落实。"}

ACCEPTED: Values = {
    "acceptanceItems": [{"item": "入库", "standard": "合同第二条", "finding": "正常", "result": "pass"}],
    "acceptanceConclusion": "符合合同和质量标准。",
}
REFUSED: Values = {
    "acceptanceItems": [{"item": "入库", "standard": "合同第二条", "finding": "数量不准", "result": "fail"}],
    "acceptanceConclusion": "入库数量不准，须整改。",
    "rectifiedBy": "cao.yi",
}
RECTIFIED: Values = {"rectificationMeasures": "修正取数", "rectificationResult": "已修正并自测。"}
CUSTOMER_ACCEPTS: Values = {"acceptedBy": "周海", "acceptedOn": "2026-12-21", "satisfaction": 5, "customerComments": "满意。"}
CUSTOMER_REFUSES: Values = {**CUSTOMER_ACCEPTS, "satisfaction": 2, "customerComments": "报表不对。", "rectifiedBy": "zhou.jie"}
SUMMARY: Values = {
    "deviations": [{"dimension": "schedule", "planned": "12 月 18 日", "actual": "12 月 21 日", "reason": "资料迟到"}],
    "lessonsLearned": "接口资料要在签约时约定。",
}
PROJECT_ARCHIVED: Values = {
    "archivedDocuments": [{"document": "验收单", "copies": 1}],
    "projectArchiveNumber": "XM-2026-012",
    "projectArchivePlace": "档案室 4 柜",
}
SETTLEMENT: Values = {"settlementAmount": 80_000, "settlementBasis": "客户已验收。"}
INVOICE: Values = {
    "invoiceNumber": "FP-20261221-01",
    "invoiceDate": "2026-12-21",
    "receivableAmount": 80_000,
    "receivableDueDate": "2027-01-20",
}
BOOKED: Values = {"reconciledOn": "2026-12-28", "ledgerNumber": "PZ-1207"}
OVERDUE: Values = {
    "contractNumber": "HT-2026-9",
    "customerName": "宁波海天贸易有限公司",
    "overdueAmount": 30_000,
    "receivableDueDate": "2026-11-16",
    "caseOwner": "wu.ting",
}
REASON: Values = {"contactedOn": "2026-11-23", "overdueReason": "客户资金紧张。", "promisedDate": "2026-12-10"}
COLLECTION_PLAN: Values = {"collectionPlan": "每周电话，发送对账单。"}
COLLECTED: Values = {"collectedOn": "2026-11-24", "collectionChannel": "phone", "customerReply": "承诺下月付款。"}
GO_TO_LAW: Values = {"debtDecision": "legal", "debtOpinion": "多次催收无果。"}
WRITE_OFF: Values = {"debtDecision": "write-off", "debtOpinion": "客户已破产。"}
EXTEND: Values = {"debtDecision": "extend", "debtOpinion": "客户信誉尚好。", "newDueDate": "2027-06-30"}
RECOVERED: Values = {"recoveryMeasures": "发律师函后付款。", "recoveryOutcome": "recovered"}
LOST: Values = {"recoveryMeasures": "执行无财产。", "recoveryOutcome": "lost"}


def payment(amount: float, date: str = "2026-12-28", reference: str = "SK-1") -> Values:
    return {"paymentAmount": amount, "paymentDate": date, "paymentReference": reference}

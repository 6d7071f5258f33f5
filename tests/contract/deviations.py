"""Where reality and Zoho's OpenAPI files disagree: the one table of exceptions that the contract tests know.

Reality as recorded wins (zoho.md 9). Each entry names the fact of docs/zoho.md that justifies it; an entry
that nothing needs any more is a failure.
"""

from __future__ import annotations

from tests.contract.billing_deviations import BILLING_DEVIATIONS
from tests.contract.deviation import Deviation, in_answers, in_requests

RENAMES = {("GET /customerpayments", "customerpayments"): "customer_payments"}
"""(operation, key in reality) → key in Zoho's file; what stands under it is checked as what the file
describes.
"""

CONTACT = ("GET /contacts/{contact_id}", "PUT /contacts/{contact_id}")
CONTACT_LIST = ("GET /contacts",)
ESTIMATE, ESTIMATE_LIST = ("GET /estimates/{estimate_id}",), ("GET /estimates",)
INVOICE, INVOICE_LIST = ("GET /invoices/{invoice_id}",), ("GET /invoices",)
PAYMENT = ("GET /customerpayments/{payment_id}", "POST /customerpayments", "PUT /customerpayments")
PAYMENT_LIST = ("GET /customerpayments",)
PAYMENT_REFUNDS = ("GET /customerpayments/{customer_payment_id}/refunds",)
CREDIT_NOTE, CREDIT_NOTE_LIST = ("GET /creditnotes/{creditnote_id}",), ("GET /creditnotes",)
RECURRING, RECURRING_LIST = ("GET /recurringinvoices/{recurring_invoice_id}",), ("GET /recurringinvoices",)
DOCUMENTS = (*ESTIMATE, *INVOICE, *CREDIT_NOTE, *RECURRING)


DEVIATIONS: tuple[Deviation, ...] = (
    # Values (zoho.md 2.4)
    *(
        in_answers(operations, places, "zoho.md 2.4: *_formatted are display copies of amounts and dates")
        for operations, places in (
            (ESTIMATE_LIST, "estimates[].*_formatted"),
            (ESTIMATE, "estimate.*_formatted"),
            (INVOICE_LIST, "invoices[].*_formatted"),
            (INVOICE, "invoice.*_formatted"),
            (PAYMENT_LIST, "customer_payments[].*_formatted"),
            (PAYMENT, "payment.*_formatted"),
            (CREDIT_NOTE_LIST, "creditnotes[].*_formatted"),
            (CREDIT_NOTE, "creditnote.*_formatted"),
            (RECURRING_LIST, "recurring_invoices[].*_formatted"),
            (RECURRING, "recurring_invoice.*_formatted"),
        )
    ),
    *(
        in_answers(operations, places, "zoho.md 2.4: bcy_* are amounts in the organisation's base currency")
        for operations, places in (
            (ESTIMATE_LIST, "estimates[].bcy_total"),
            (ESTIMATE, "estimate.bcy_total"),
            (INVOICE_LIST, "invoices[].bcy_total"),
            (INVOICE, "invoice.bcy_total"),
        )
    ),
    *(
        in_answers(
            operations, places, "zoho.md 2.4: a currency is told by code, symbol, id and price_precision"
        )
        for operations, places in (
            (ESTIMATE_LIST, "estimates[].currency_symbol estimates[].price_precision"),
            (ESTIMATE, "estimate.currency_symbol"),
            (INVOICE_LIST, "invoices[].currency_symbol invoices[].price_precision"),
            (INVOICE, "invoice.currency_symbol"),
            (PAYMENT_LIST, "customer_payments[].currency_* customer_payments[].price_precision"),
            (PAYMENT, "payment.price_precision"),
            (CREDIT_NOTE_LIST, "creditnotes[].currency_symbol creditnotes[].price_precision"),
            (CREDIT_NOTE, "creditnote.price_precision"),
            (RECURRING_LIST, "recurring_invoices[].currency_symbol recurring_invoices[].price_precision"),
            (RECURRING, "recurring_invoice.currency_symbol recurring_invoice.price_precision"),
            (CONTACT, "contact.price_precision"),
        )
    ),
    *(
        in_answers(
            operations,
            places,
            "zoho.md 2.4: figures are JSON numbers, whole or not; files type some otherwise",
            "is number",
        )
        for operations, places in (
            (PAYMENT_REFUNDS, "payment_refunds[].amount_bcy payment_refunds[].amount_fcy"),
            (
                CONTACT_LIST,
                "contacts[].outstanding_receivable_amount contacts[].unused_credits_receivable_amount",
            ),
            (CONTACT, "contact.outstanding_receivable_amount contact.unused_credits_receivable_amount"),
            (ESTIMATE, "estimate.shipping_charge"),
            (INVOICE_LIST, "invoices[].total invoices[].balance"),
            (INVOICE, "invoice.total invoice.balance invoice.shipping_charge"),
            (PAYMENT_LIST, "customer_payments[].bcy_amount"),
            (CREDIT_NOTE, "creditnote.taxes[].tax_amount creditnote.line_items[].quantity"),
            (RECURRING, "recurring_invoice.line_items[].quantity"),
        )
    ),
    in_answers(
        ESTIMATE,
        "estimate.contact_persons_associated[].contact_person_id",
        "zoho.md 2.4: an id is a string of digits; the files sometimes type it as a number",
        "is text",
    ),
    *(
        in_answers(
            ("GET /organizations*",),
            places,
            "zoho.md 2.4: numeric-looking organisation fields are text",
            "is text",
        )
        for places in ("organization*.fiscal_year_start_month",)
    ),
    # Lists (zoho.md 2.2, 2.5)
    in_answers(
        PAYMENT_LIST,
        "customerpayments",
        "zoho.md 2.2: the real key is customerpayments",
        "stands for customer_payments",
    ),
    in_answers(
        (*ESTIMATE_LIST, *INVOICE_LIST), "page_context", "zoho.md 2.5: page_context is an object", "is object"
    ),
    in_answers(CREDIT_NOTE_LIST, "page_context", "zoho.md 2.5: every list tells its page_context"),
    in_answers(CONTACT_LIST, "page_context.report_name", "zoho.md 2.5: page_context holds report_name"),
    in_answers(
        CREDIT_NOTE_LIST,
        "creditnotes",
        "zoho.md 4.7: the file types the list as an object; it is a list",
        "is list",
    ),
    in_requests(
        (*CONTACT_LIST, *ESTIMATE_LIST, *INVOICE_LIST, *PAYMENT_LIST),
        "?sort_order",
        "zoho.md 2.5: sort_order A or D",
    ),
    in_requests(
        (*CONTACT_LIST, *ESTIMATE_LIST, *PAYMENT_LIST, *CREDIT_NOTE_LIST),
        "?last_modified_time",
        "zoho.md 2.6: not documented, used by others, probed before it is relied on",
    ),
    # Organisation (zoho.md 2.1, 4.1)
    in_requests(
        ("GET /organizations",),
        "?organization_id",
        "zoho.md 2.1: the list works without an organisation",
        "missing",
    ),
    in_answers(
        ("GET /organizations",),
        "organizations[].country_code organizations[].date_format organizations[].portal_name",
        "zoho.md 4.1: real answers add date_format, country_code, portal_name",
    ),
    in_answers(
        ("GET /organizations/{organization_id}",),
        "organization.country_code organization.portal_name organization.plan_name organization.plan_type"
        " organization.plan_period",
        "zoho.md 4.1: the detail is the row and more; real answers add country_code, portal_name",
    ),
    # Contacts (zoho.md 4.2, 4.3)
    in_answers(
        CONTACT_LIST,
        "contacts[].portal_status contacts[].customer_sub_type",
        "zoho.md 4.2: real rows add them",
    ),
    in_answers(
        CONTACT,
        (
            "contact.portal_status contact.addresses contact.cards contact.bank_accounts "
            "contact.*_address.address_id"
        ),
        "zoho.md 4.2: real answers add portal_status, addresses, cards, bank_accounts, address_id",
    ),
    in_answers(
        CONTACT,
        "contact.language_code",
        (
            "zoho.md 4.2: contacts.yml takes language_code in a PUT; that a detail tells it is inferred, "
            "and its absence tolerated"
        ),
    ),
    in_answers(
        CONTACT,
        "contact.*_address.country_code contact.*_address.county",
        "zoho.md 4.2: real addresses add country_code and county",
    ),
    in_answers(
        ("GET /contacts/{contact_id}/address",),
        "addresses[].country_code addresses[].county",
        "zoho.md 4.2: real addresses add country_code and county",
    ),
    in_answers(
        ("POST /contacts/{contact_id}/address", "PUT /contacts/{contact_id}/address/{address_id}"),
        "address_info.country_code address_info.county",
        "zoho.md 4.2: real addresses add country_code and county",
    ),
    in_answers(
        CONTACT,
        "contact.contact_persons[].is_added_in_portal",
        "zoho.md 4.3: a contact person has is_added_in_portal",
    ),
    in_answers(
        ("POST /contacts/contactpersons", "PUT /contacts/contactpersons/{contact_person_id}"),
        "contact_person",
        "zoho.md 4.3: contact_person is typed as array; the real value is an object",
        "is object",
    ),
    # Estimates (zoho.md 4.4)
    in_answers(
        ESTIMATE_LIST,
        "estimates[].company_name estimates[].current_sub_status estimates[].is_emailed estimates[].tags",
        "zoho.md 4.4: real rows add company_name, current_sub_status, is_emailed, tags",
    ),
    in_answers(
        (*ESTIMATE_LIST, *INVOICE_LIST, *PAYMENT_LIST),
        "*[].custom_fields_list",
        "zoho.md 9.3: custom_fields_list in list rows is text",
    ),
    in_answers(
        ESTIMATE,
        "estimate.accepted_date estimate.declined_date estimate.has_attachment estimate.company_name"
        " estimate.current_sub_status estimate.is_emailed",
        "zoho.md 4.4: an estimate is the row's fields and more",
    ),
    in_answers(ESTIMATE, "estimate.notes estimate.terms", "zoho.md 4.4: an estimate has notes and terms"),
    in_answers(
        ESTIMATE,
        "estimate.estimate_url estimate.invoice_ids estimate.subscription_ids estimate.retainerinvoices"
        " estimate.is_transaction_created estimate.invoiced_amount estimate.uninvoiced_amount",
        "zoho.md 4.4: real answers add them",
    ),
    # Invoices (zoho.md 4.5)
    in_answers(
        INVOICE_LIST,
        "invoices[].invoice_url invoices[].transaction_type invoices[].template_type"
        " invoices[].unprocessed_payment_amount invoices[].company_name",
        "zoho.md 4.5: real rows add them",
    ),
    in_answers(
        INVOICE_LIST, "invoices[].billing_address", "zoho.md 9.2: list rows hold addresses, with zipcode"
    ),
    in_answers(
        INVOICE,
        (
            "invoice.due_days invoice.schedule_time invoice.transaction_type invoice.template_type "
            "invoice.company_name"
        ),
        "zoho.md 4.5: an invoice is the row's fields and more",
    ),
    in_answers(
        INVOICE,
        "invoice.estimate_id invoice.documents invoice.in_process_payments "
        "invoice.inprocess_transaction_present"
        " invoice.is_autobill_enabled invoice.unused_retainer_payments invoice.current_sub_status",
        "zoho.md 4.5: real answers add them",
    ),
    in_answers(
        ("GET /invoices/{invoice_id}/payments",),
        "payments[].payment_number",
        "zoho.md 4.6: payment_number is text in recorded lists",
        "is text",
    ),
    *(
        in_answers(operations, places, "zoho.md 4.2: each document has its own copy of the contact's address")
        for operations, places in (
            (ESTIMATE, "estimate.*_address.attention estimate.*_address.street2 estimate.*_address.phone"),
            (INVOICE, "invoice.*_address.attention invoice.*_address.phone"),
            (CREDIT_NOTE, "creditnote.*_address.phone"),
            (
                (*RECURRING_LIST, *RECURRING),
                "recurring_invoice*_address.attention recurring_invoice*_address.phone"
                " recurring_invoice*_address.street2",
            ),
        )
    ),
    # PDFs (zoho.md 4.4 to 4.6)
    in_answers(
        (*ESTIMATE, "GET /estimates/pdf"), "body", "zoho.md 4.4: accept=pdf, bulk PDF", "is application/pdf"
    ),
    in_answers(
        (*INVOICE, "GET /invoices/pdf"),
        "body",
        "zoho.md 4.5: accept=pdf streams the file",
        "is application/pdf",
    ),
    in_answers(PAYMENT[:1], "body", "zoho.md 4.6: accept=pdf is the receipt", "is application/pdf"),
    in_answers(
        CREDIT_NOTE,
        "body",
        "zoho.md 4.5: accept=pdf streams the file; credit-notes.yml offers it too",
        "is application/pdf",
    ),
    in_answers(
        ("GET /invoices/{invoice_id}/attachment",),
        "body",
        "zoho.md 4.5: the merchant's files are fetched here",
        "is image/png",
    ),
    # Payments (zoho.md 4.6)
    in_answers(
        PAYMENT_LIST,
        "customer_payments[].customer_id customer_payments[].customer_name customer_payments[].unused_amount"
        " customer_payments[].reference_number customer_payments[].description "
        "customer_payments[].invoice_numbers"
        " customer_payments[].applied_invoices customer_payments[].payment_status "
        "customer_payments[].settlement_status"
        " customer_payments[].payment_type customer_payments[].gateway_transaction_id"
        " customer_payments[].payment_gateway customer_payments[].last_four_digits"
        " customer_payments[].bcy_refunded_amount customer_payments[].created_time"
        " customer_payments[].last_modified_time",
        "zoho.md 4.6: recorded rows hold them",
    ),
    in_answers(
        PAYMENT,
        "payment.unused_amount payment.payment_status payment.online_transaction_id payment.payment_gateway"
        " payment.settlement_status payment.payment_link_id payment.card_type payment.last_four_digits"
        " payment.payment_refunds payment.invoices[].invoice_payment_id payment.invoices[].total"
        " payment.invoices[].balance payment.invoices[].due_date",
        "zoho.md 4.6: recorded details hold them",
    ),
    in_answers(
        PAYMENT,
        "payment.payment_number",
        "zoho.md 4.6: the row has it; inferred for the detail of the same payment",
    ),
    in_answers(
        PAYMENT, "payment.updated_time", "zoho.md 2.6: details carry updated_time, rows last_modified_time"
    ),
    in_answers(
        PAYMENT,
        "payment.invoices[].allow_partial_payments",
        "zoho.md 9.3: an empty text stands for an absent boolean, as allow_partial_payments inside a payment",
    ),
    in_requests(
        ("POST /customerpayments", "PUT /customerpayments"),
        "invoice_id amount_applied",
        "zoho.md 4.6: required at the top is an artefact of the file; a recorded call without them succeeded",
        "missing",
    ),
    # Recurring invoices (zoho.md 4.7)
    in_answers(
        (*RECURRING_LIST, *RECURRING),
        "recurring_invoice*.status",
        "zoho.md 4.7: recurring invoices are active, stopped or expired",
    ),
    # Zoho Billing (zoho.md 2, 4.8 to 4.12, 8)
    *BILLING_DEVIATIONS,
)

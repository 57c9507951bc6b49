"""My account: who is signed in, what the role opens, which language."""

import streamlit as st

from data.access import Scope, roles
from data.accounts import SESSION_HOURS, Account
from data.contract import departments
from pages.shared import panels, session
from pages.shared.words import ENDONYMS, language, literal, named, plural, text


def page() -> None:
    """Draw the page."""
    account = session.visitor()
    if account is None:
        panels.signed_out()
        return
    st.title(text("My account"))
    with st.container(border=True, key="account-facts"):
        st.markdown("\n".join(f"- **{label}** {literal(said)}" for label, said in _facts(account)))
    st.subheader(text("What your role opens"))
    st.markdown("\n".join(f"- {sentence}" for sentence in _opened(account.scope)))
    st.caption(
        plural(
            "You are signed out after {count} hour at the latest.",
            "You are signed out after {count} hours at the latest.",
            SESSION_HOURS,
        )
    )


def _facts(account: Account) -> list[tuple[str, str]]:
    known = departments().get(account.department_id or "")
    return [
        (text("Name"), account.name),
        (text("Login"), account.login),
        (text("E-mail"), account.email or "—"),
        (text("Role"), named(roles()[account.role].names)),
        (text("Department"), named(known.names) if known else "—"),
        (text("Language"), ENDONYMS[language()]),
    ]


def _opened(scope: Scope) -> list[str]:
    """What the account may see and do, a sentence each."""
    names = [literal(named(departments()[key].names)) for key in scope.departments]
    said = {
        text("The overview of the whole company"): scope.sees_company,
        text("The scorecard of {departments}", departments=text(", ").join(names)): bool(names),
        text("The appraisal results of everybody"): scope.employees == "all",
        text("The appraisal results of your department"): scope.employees == "departments",
        text("Your own appraisal results"): scope.employee_id is not None,
        text("Uploading workbooks"): scope.may("upload"),
    }
    return [sentence for sentence, holds in said.items() if holds]

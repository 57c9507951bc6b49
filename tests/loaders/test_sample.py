import shutil

from data.accounts import accounts, disable_account
from data.home import open_home
from data.setting import is_sample
from data.warehouse import Warehouse
from loaders.load import undo
from loaders.sample import create_sample


def test_creating_the_sample_company_again_keeps_what_was_changed(sample_home, tmp_path):
    shutil.copytree(sample_home, tmp_path / "home")
    warehouse = Warehouse.open(open_home(tmp_path / "home"))
    undo(warehouse, 1, login="owner")
    disable_account(warehouse, "employee")
    again = create_sample(warehouse)
    with warehouse.read() as con:
        undone = con.execute("select batch_id from intake.batch where status = 'undone'").fetchall()
        sample, active = is_sample(con), {account.login for account in accounts(con)}
    warehouse.close()
    assert (again.receipts, undone, sample) == ((), [(1,)], True)
    assert "employee" not in active

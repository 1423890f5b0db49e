from scripts.web.view import View, one, rows


def index(connection, ask):
    return View(
        "agencies", "Agencies", "All", rows(connection, "select * from agencies order by name")
    )


def view(connection, ask, id):
    row = one(connection, "select * from agencies where id=?", id)
    return row and View("agency", row["name"], "x", row, record=row)

"""Tables: write one, read one, look at several without reading them.

Belongs here: everything that knows DuckDB or Spark; no other package imports them.
Does not belong here: which tables there are (`gevinst.contracts`) and what is computed (`gevinst.method`).
"""

from gevinst.warehouse.database import Warehouse, write_for_readers
from gevinst.warehouse.errors import WarehouseBusy, WarehouseError
from gevinst.warehouse.lake import show_core, working_warehouse

__all__ = ["Warehouse", "WarehouseBusy", "WarehouseError", "show_core", "working_warehouse", "write_for_readers"]

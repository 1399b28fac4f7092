"""When and how the pipeline runs: the composition root. What is made stands in `assets`, how in `gevinst`."""

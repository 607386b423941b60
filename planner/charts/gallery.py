"""The standard set of charts of a run, as files."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from planner.charts.balance_bars import balance_bars
from planner.charts.captions import Caption, write_captions
from planner.charts.flow_map import flow_map
from planner.charts.price_map import price_map
from planner.charts.sankey import sankey
from planner.charts.saving import picture
from planner.charts.style import Size
from planner.charts.waterfall import waterfall

_Chart = tuple[str, Callable[[], Axes], Path]
_Written = tuple[Path, list[Path], Caption]
_Progress = Callable[[str], None] | None


def draw_all(
    tables: Mapping[str, pd.DataFrame],
    folder: Path | str,
    *,
    language: str = "id",
    source_line: str = "",
    focus: Collection[str] = (),
    size: Size | None = None,
    progress: Callable[[str], None] | None = None,
    workers: int = 1,
) -> list[Path]:
    """Draw flow maps, balance bars, Sankey diagrams, price maps and waterfalls of costs.

    Parameters
    ----------
    tables
        flows, balance, prices, delivered_costs, provinces, commodities and modes; a commodity gets
        only the charts for which it has rows.
    folder
        The run folder; charts go into ``charts/`` in it.
    language
        ``"id"`` or ``"en"``.
    source_line
        What stands at the foot of every figure.
    focus
        Provinces to point out on maps; of each also the lane that brings it most is drawn.
    size
        Half a page, a page or a slide for all; each chart its own if None.
    progress
        Told the name of each chart when its turn comes.
    workers
        Processes to draw with. More than one needs a main module that can be imported again, as
        every command line has; a script must guard its main part.

    Returns
    -------
    list of Path
        The files, in the order of drawing, and ``captions.csv``.
    """
    target = Path(folder) / "charts"
    target.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = {"language": language} | ({"size": size} if size else {})
    charts = [(name, draw, target / name) for name, draw in _charts(tables, options, focus)]
    if workers > 1:
        written = _in_processes(charts, source_line, progress, workers)
    else:
        written = _in_turn(charts, source_line, progress)
    captions = write_captions(target, {stem.name: said for stem, _, said in written})
    return [*(file for _, files, _ in written for file in files), captions]


def _in_turn(charts: Sequence[_Chart], source_line: str, progress: _Progress) -> list[_Written]:
    """Draw one after the other; compressing a PNG frees the interpreter for the next chart."""
    with ThreadPoolExecutor(max_workers=1) as writer:
        written = []
        for name, draw, stem in charts:
            if progress:
                progress(name)
            drawn = picture(draw(), source_line=source_line)
            written.append((stem, writer.submit(drawn.write, stem), drawn.caption))
        return [(stem, files.result(), said) for stem, files, said in written]


def _in_processes(
    charts: Sequence[_Chart], source_line: str, progress: _Progress, workers: int
) -> list[_Written]:
    """Draw several at a time; spawned, since forking a process that has threads is unsafe."""
    written: list[_Written] = []
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _follow_parent)
    try:
        with _later_ctrl_c():
            tasks = [pool.submit(_draw_one, draw, stem, source_line) for _, draw, stem in charts]
        for (name, _, _), task in zip(charts, tasks, strict=True):
            if progress:
                progress(name)
            written.append(task.result())
    finally:
        pool.shutdown(cancel_futures=True)
    return written


@contextmanager
def _later_ctrl_c() -> Iterator[None]:
    """Hold Ctrl-C back while workers start; they inherit that, and so leave it to their parent."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _follow_parent() -> None:
    """Leave Ctrl-C to the parent, and go when the parent is gone, even if it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _draw_one(draw: Callable[[], Axes], stem: Path, source_line: str) -> _Written:
    drawn = picture(draw(), source_line=source_line)
    return stem, drawn.write(stem), drawn.caption


def _charts(
    tables: Mapping[str, pd.DataFrame], options: Mapping[str, Any], focus: Collection[str]
) -> Iterator[tuple[str, Callable[[], Axes]]]:
    """Name every chart of the set and say how to draw it."""
    flows = tables["flows"]
    common: dict[str, Any] = {key: tables[key] for key in ("provinces", "commodities")}
    common |= options
    maps = partial(flow_map, **common, modes=tables["modes"], focus=focus)
    yield "flow_map", partial(maps, flows)
    yield "flow_map-mode", partial(maps, flows, colour="mode")
    costs = tables["delivered_costs"]
    fall = partial(waterfall, costs, **common, modes=tables["modes"])
    yield "waterfall", fall
    for code in focus:
        if ((costs["destination"] == code) & (costs["origin"] != code)).any():
            yield f"waterfall-{code}", partial(fall, destination=code)
    for code in map(str, tables["commodities"]["commodity"]):
        one: dict[str, Any] = {**common, "commodity": code}
        moved = flows.loc[(flows["commodity"] == code) & (flows["tonnes"] > 0)]
        if len(moved):
            yield f"flow_map-{code}", partial(maps, moved, colour="mode")
            yield f"sankey-{code}", partial(sankey, moved, **one)
        if (tables["balance"]["commodity"] == code).any():
            yield f"balance_bars-{code}", partial(balance_bars, tables["balance"], **one)
        if (tables["prices"]["commodity"] == code).any():
            yield f"price_map-{code}", partial(price_map, tables["prices"], focus=focus, **one)

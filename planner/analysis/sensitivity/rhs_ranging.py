"""How far right-hand sides can move before the prices of a plan change: the ratio test at its basis.

The basis has columns C and rows that are free to move; the other columns N stand at a bound, the other rows R are
tight. When the bounds of the rows move by  theta b  and the upper bounds of columns by  theta u,  the duals stay
optimal for as long as what is free stays within its bounds:

    A[R, C] v[C]  =  b[R] - A[R, N] v[N],   v[N] = u[N] at an upper bound, else 0       speed of the columns
    w  =  A v - b                                                      speed of the rows against their bounds

    more  =  min over the bounds that draw nearer of   room / speed             theta from 0 up
    less  =  the same with all speeds turned round                              theta from 0 down

Behind the bound that stops it the price changes, unless a column or row at a bound can give way at no cost
(reduced cost or dual 0) and move what was stopped back from its bound. Such an end is not firm.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csc_array, csr_array, eye_array, vstack
from scipy.sparse.linalg import splu

from planner.arrays import Booleans, Floats, Integers
from planner.model import Program
from planner.solving.basis import BASIC, UPPER, Basis
from planner.solving.canonical import TIE

STILL = 1e-9
"""Tonnes a tonne: what moves less stands still."""
GRAM = 1e-6
"""A bound is not reached before it is passed by this, t: less no solver notices."""


@dataclass(frozen=True, slots=True)
class RhsRange:
    """How far directions can be followed down and up, infinite where nothing stops them; whether it ends there."""

    less: Floats
    more: Floats
    less_firm: Booleans
    more_firm: Booleans


class RhsRanging:
    """The plan at a basis, asked how far it reaches.

    Parameters
    ----------
    program
        The program.
    basis
        An optimal basis of it.
    """

    def __init__(self, program: Program, basis: Basis) -> None:
        self._program, self._basis = program, basis
        self._free = np.flatnonzero(basis.columns == BASIC)
        self._tight = np.flatnonzero(basis.rows != BASIC)
        self._terms = program.matrix[self._tight]
        self._factor = splu(self._terms[:, self._free].tocsc()) if len(self._free) else None
        values = np.where(basis.columns == UPPER, program.upper, program.lower)
        values[self._free] = 0.0
        bound = np.where(basis.rows == UPPER, program.row_upper, program.row_lower)[self._tight]
        values[self._free] = self._solved(bound - self._terms @ values)
        activity = program.matrix @ values
        parts = [values - program.lower, program.upper - values]
        parts += [activity - program.row_lower, program.row_upper - activity]
        self._room = np.maximum(np.concatenate(parts), 0.0) + GRAM

    def reach(self, rows: csr_array, uppers: csr_array) -> RhsRange:
        """Return how far each direction can be followed.

        Parameters
        ----------
        rows
            By how much the bounds of each row move, one direction a line.
        uppers
            By how much the upper bound of each column moves, one direction a line.
        """
        moved = csr_array(uppers * (self._basis.columns == UPPER))
        approach = self._approach(self._speed(rows, moved), rows, uppers)
        yielding = self._yielding()
        less, less_firm = self._stops(-approach, yielding)
        more, more_firm = self._stops(approach, yielding)
        return RhsRange(less, more, less_firm, more_firm)

    def _speed(self, rows: csr_array, columns: csr_array) -> csc_array:
        """Return the speed of every column when tight rows and columns at a bound are moved, one direction a column."""
        push = (rows[:, self._tight] - columns @ self._terms.T).tocsr()
        parts = [self._solved(push[[i]].toarray().ravel()) for i in range(push.shape[0])]
        free = csc_array(np.array(parts).reshape(len(parts), len(self._free)).T)
        free.data[np.abs(free.data) < STILL] = 0.0
        place = eye_array(len(self._basis.columns), format="csc")[:, self._free]
        return csc_array(place @ free + columns.T)

    def _approach(self, speed: csc_array, rows: csr_array, uppers: csr_array) -> csc_array:
        """Return how fast everything draws near its lower and upper bound, in the order of `_room`."""
        drift = self._program.matrix @ speed - rows.T
        return csc_array(vstack([-speed, speed - uppers.T, -drift, drift]))

    def _stops(self, approach: csc_array, yielding: Booleans) -> tuple[Floats, Booleans]:
        """Return for each direction how far it is to the first bound, and whether that bound is firm."""
        entry = approach.tocoo()
        near = entry.data > STILL
        side, direction = (axis[near] for axis in entry.coords)
        far = self._room[side] / entry.data[near]
        reach, firm = np.full(approach.shape[1], np.inf), np.ones(approach.shape[1], dtype=bool)
        np.minimum.at(reach, direction, far)
        last = far <= reach[direction]
        np.logical_and.at(firm, direction[last], ~yielding[side[last]])
        return reach, firm

    def _yielding(self) -> Booleans:
        """Return which bounds can be drawn back from at no cost, by something that stands at its own bound."""
        program, basis = self._program, self._basis
        duals = np.zeros(len(basis.rows))
        duals[self._tight] = self._priced(program.cost[self._free])
        reduced = program.cost - program.matrix.T @ duals
        columns = _idle(reduced, basis.columns, program.lower, program.upper)
        rows = _idle(duals, basis.rows, program.row_lower, program.row_upper)
        moves = vstack([columns, csr_array((rows.shape[0], columns.shape[1]))]).tocsr()
        pushes = vstack([csr_array((columns.shape[0], rows.shape[1])), rows]).tocsr()
        still = csr_array(pushes.shape), csr_array(moves.shape)
        away = self._approach(self._speed(pushes, moves), *still).tocoo()
        yielding = np.zeros(len(self._room), dtype=bool)
        yielding[away.coords[0][away.data < -STILL]] = True
        return yielding

    def _solved(self, right: Floats) -> Floats:
        """Return what the free columns have to be for the tight rows to hold."""
        return self._factor.solve(right) if self._factor else np.zeros(0)

    def _priced(self, cost: Floats) -> Floats:
        """Return the duals of the tight rows at which the free columns earn what they cost."""
        return self._factor.solve(cost, "T") if self._factor else np.zeros(len(self._tight))


def _idle(dual: Floats, status: Integers, lower: Floats, upper: Floats) -> csr_array:
    """Return one line for all that stands at a bound for nothing: the way in which it may leave it."""
    here = np.flatnonzero((status != BASIC) & (np.abs(dual) <= TIE) & (lower < upper))
    way = np.where(status[here] == UPPER, -1.0, 1.0)
    return coo_array((way, (np.arange(len(here)), here)), (len(here), len(dual))).tocsr()

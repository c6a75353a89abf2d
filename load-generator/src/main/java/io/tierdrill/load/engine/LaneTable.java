package io.tierdrill.load.engine;

/**
 * Idle connections by lane, the one used last first, as browsers do. Holds only lanes that have some, so its size is
 * that of the connections and not of the trace. Open addressing with linear probing; a removal shifts back what
 * follows, so there are no tombstones.
 */
final class LaneTable {
    private Slot[] table = new Slot[64];
    private int used;

    /** An idle connection, no longer idle; null when there is none. */
    Slot take(long lane) {
        int at = find(lane);
        Slot slot = table[at];
        if (slot != null) replace(at, slot.nextOfLane);
        if (slot != null) slot.nextOfLane = null;
        return slot;
    }

    void add(Slot slot) {
        int at = find(slot.lane);
        slot.nextOfLane = table[at];
        if (table[at] == null && ++used * 2 > table.length) {
            grow();
            at = find(slot.lane);
        }
        table[at] = slot;
    }

    void remove(Slot slot) {
        int at = find(slot.lane);
        if (table[at] == slot) {
            replace(at, slot.nextOfLane);
        } else {
            Slot before = table[at];
            while (before.nextOfLane != slot) before = before.nextOfLane;
            before.nextOfLane = slot.nextOfLane;
        }
        slot.nextOfLane = null;
    }

    private int find(long lane) {
        int at = (int) lane & table.length - 1;
        while (table[at] != null && table[at].lane != lane) at = at + 1 & table.length - 1;
        return at;
    }

    private void replace(int at, Slot slot) {
        table[at] = slot;
        if (slot != null) return;
        used--;
        int hole = at;
        for (int i = at + 1 & table.length - 1; table[i] != null; i = i + 1 & table.length - 1) {
            int home = (int) table[i].lane & table.length - 1;
            // May move back unless its home lies behind the hole, seen around the end of the table.
            if ((i - home & table.length - 1) >= (i - hole & table.length - 1)) {
                table[hole] = table[i];
                table[i] = null;
                hole = i;
            }
        }
    }

    private void grow() {
        Slot[] old = table;
        table = new Slot[old.length * 2];
        for (Slot slot : old) if (slot != null) table[find(slot.lane)] = slot;
    }
}

package io.tierdrill.load.engine;

import java.util.function.Consumer;

/**
 * Who must wait for whom, by the rule of {@link io.tierdrill.load.order.UserOrder}: a turn waits for those earlier ones
 * of its user that had ended before it began in the recording. Holds users with turns under way only. Open addressing
 * with linear probing, like {@link LaneTable}; allocates nothing but when it grows.
 */
final class Users {
    private Turn[] firsts = new Turn[64];
    private Turn[] lasts = new Turn[64];
    private int used;

    /** Puts it at the end of its user's. Whether it may go now. */
    boolean begin(Turn turn, boolean waits) {
        int at = find(turn.user);
        turn.waitsFor = waits ? endedBefore(firsts[at], turn.begins) : 0;
        turn.previousOfUser = lasts[at];
        turn.nextOfUser = null;
        if (lasts[at] != null) lasts[at].nextOfUser = turn;
        else firsts[at] = turn;
        lasts[at] = turn;
        if (firsts[at] == turn && ++used * 2 > firsts.length) grow();
        return turn.waitsFor == 0;
    }

    private static int endedBefore(Turn first, long begins) {
        int count = 0;
        for (Turn turn = first; turn != null; turn = turn.nextOfUser) if (turn.ends <= begins) count++;
        return count;
    }

    /** It is over, whatever became of it. Those that waited for it alone may go. */
    void end(Turn turn, Consumer<Turn> mayGo) {
        Turn later = turn.nextOfUser;
        remove(turn);
        for (; later != null; later = later.nextOfUser)
            if (later.waitsFor > 0 && turn.ends <= later.begins && --later.waitsFor == 0) mayGo.accept(later);
    }

    private void remove(Turn turn) {
        Turn before = turn.previousOfUser;
        Turn after = turn.nextOfUser;
        turn.previousOfUser = null;
        turn.nextOfUser = null;
        if (after != null) after.previousOfUser = before;
        if (before != null) before.nextOfUser = after;
        if (before != null && after != null) return;
        int at = find(turn.user);
        if (before == null) firsts[at] = after;
        if (after == null) lasts[at] = before;
        if (firsts[at] == null) close(at);
    }

    private int find(long user) {
        int at = (int) user & firsts.length - 1;
        while (firsts[at] != null && firsts[at].user != user) at = at + 1 & firsts.length - 1;
        return at;
    }

    private void close(int gap) {
        used--;
        int mask = firsts.length - 1;
        int hole = gap;
        for (int i = gap + 1 & mask; firsts[i] != null; i = i + 1 & mask) {
            int home = (int) firsts[i].user & mask;
            if ((i - home & mask) < (i - hole & mask)) continue; // Its home lies behind the hole.
            move(firsts[i], lasts[i], hole);
            firsts[i] = null;
            lasts[i] = null;
            hole = i;
        }
    }

    private void move(Turn first, Turn last, int to) {
        firsts[to] = first;
        lasts[to] = last;
    }

    private void grow() {
        Turn[] oldFirsts = firsts;
        Turn[] oldLasts = lasts;
        firsts = new Turn[oldFirsts.length * 2];
        lasts = new Turn[oldFirsts.length * 2];
        for (int i = 0; i < oldFirsts.length; i++)
            if (oldFirsts[i] != null) move(oldFirsts[i], oldLasts[i], find(oldFirsts[i].user));
    }
}

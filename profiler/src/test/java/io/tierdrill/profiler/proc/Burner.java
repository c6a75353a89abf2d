package io.tierdrill.profiler.proc;

import java.io.IOException;

/** A process that keeps one processor busy until its input ends, as it does when its parent is gone. */
public final class Burner {
    private Burner() {}

    public static void main(String[] args) throws IOException {
        Thread burning = new Thread(Burner::burn, "burning");
        burning.setDaemon(true);
        burning.start();
        while (System.in.read() >= 0) Thread.onSpinWait();
    }

    private static void burn() {
        while (true) Thread.onSpinWait();
    }
}

package io.tierdrill.targets;

import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.targets.process.HeldStill;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is done to a fleet on purpose, and what of it is not undone yet. Each act is an event of kind {@code drill}, its
 * undoing one of kind {@code drill-end} or, where a process was started, {@code restart}. Safe from any thread.
 */
final class Drills {
    private final Fleet fleet;
    private final Map<InstanceId, HeldStill> hung = new HashMap<>();
    private final Set<InstanceId> drained = ConcurrentHashMap.newKeySet();

    Drills(Fleet fleet) {
        this.fleet = fleet;
    }

    boolean isDrained(Instance instance) {
        return drained.contains(instance.seat().id());
    }

    boolean isHung(Instance instance) {
        synchronized (hung) {
            return hung.containsKey(instance.seat().id());
        }
    }

    boolean noneIsOpen() {
        synchronized (hung) {
            return hung.isEmpty() && drained.isEmpty();
        }
    }

    /** Lets whatever hangs go on, which by now may be nothing any more. */
    void letAllGo() {
        synchronized (hung) {
            hung.values().forEach(HeldStill::close);
            hung.clear();
        }
    }

    /** Returns when it is done; a restart goes on behind it. */
    void perform(DrillAction action, InstanceId id) throws IOException, InterruptedException {
        Instance instance = fleet.instance(id).orElseThrow(() -> new IOException(id + " is not in this stack"));
        switch (action) {
            case KILL -> kill(instance);
            case HANG -> hang(instance);
            case DRAIN -> drain(instance);
            case RESTART -> restart(instance);
            case RESUME -> resume(instance);
        }
    }

    private void kill(Instance instance) throws IOException {
        requireAlive(instance);
        fleet.expectEnd(instance);
        drill(instance, DrillAction.KILL);
        instance.process().kill();
        letGo(instance);
    }

    private void hang(Instance instance) throws IOException {
        requireAlive(instance);
        synchronized (hung) {
            if (hung.containsKey(instance.seat().id())) throw new IOException("hangs already");
            hung.put(instance.seat().id(), HeldStill.hold(instance.process().pid()));
            drill(instance, DrillAction.HANG);
        }
    }

    private void drain(Instance instance) throws IOException, InterruptedException {
        if (!drained.add(instance.seat().id())) throw new IOException("is drained already");
        drill(instance, DrillAction.DRAIN);
        fleet.rewireAbove(instance.seat().kind());
    }

    private void restart(Instance instance) {
        if (instance.isAlive()) drill(instance, DrillAction.RESTART);
        fleet.expectEnd(instance);
        if (isHung(instance)) instance.process().kill();
        letGo(instance);
        fleet.startAgain(instance);
    }

    private void resume(Instance instance) throws IOException, InterruptedException {
        boolean again = letGo(instance);
        boolean back = drained.remove(instance.seat().id());
        if (!again && !back) throw new IOException("neither hangs nor is drained");
        if (back) fleet.rewireAbove(instance.seat().kind());
        fleet.event("drill-end", instance, DrillAction.RESUME.done() + " as planned");
    }

    private boolean letGo(Instance instance) {
        synchronized (hung) {
            HeldStill held = hung.remove(instance.seat().id());
            if (held != null) held.close();
            return held != null;
        }
    }

    private void drill(Instance instance, DrillAction action) {
        fleet.event("drill", instance, action.done() + " as planned");
    }

    private static void requireAlive(Instance instance) throws IOException {
        if (!instance.isAlive()) throw new IOException("is not running");
    }
}

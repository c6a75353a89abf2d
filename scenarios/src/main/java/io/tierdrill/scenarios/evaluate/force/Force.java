package io.tierdrill.scenarios.evaluate.force;

import io.tierdrill.model.config.ConfigNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Something done to processes from outside. Immutable; {@link #apply} makes the one that lasts. */
public sealed interface Force permits Quota, Pulses, Descriptors, Neighbour {

    /** Why this cannot be done here, in words; empty where it can. */
    Optional<String> impossible();

    /** In a few words, for people. */
    String words();

    /** Does it until what is returned is closed. Belongs to one thread. */
    Applied apply(Processes processes) throws IOException, InterruptedException;

    /** A force at work. */
    interface Applied extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Takes all forces written in the node out of it, and leaves what is not one. */
    static List<Force> from(ConfigNode node) {
        List<Force> forces = new ArrayList<>();
        if (node.has("quota")) Quota.from(node.object("quota")).ifPresent(forces::add);
        if (node.has("pulses")) Pulses.from(node.object("pulses")).ifPresent(forces::add);
        if (node.has("descriptors"))
            Descriptors.from(node.object("descriptors")).ifPresent(forces::add);
        if (node.has("neighbour")) forces.add(Neighbour.from(node.object("neighbour")));
        return forces;
    }
}

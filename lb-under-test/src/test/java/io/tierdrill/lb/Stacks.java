package io.tierdrill.lb;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.TrafficSink;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Starts balancers for tests, on any free port of the loopback address. */
public final class Stacks {
    private Stacks() {}

    public static TierInstance start(TierKind kind, String yaml) throws IOException, BadInputException {
        return start(kind, new InetSocketAddress("127.0.0.1", 0), yaml);
    }

    public static TierInstance start(TierKind kind, String yaml, TrafficSink sink)
            throws IOException, BadInputException {
        return start(kind, new InetSocketAddress("127.0.0.1", 0), yaml, sink);
    }

    public static TierInstance start(TierKind kind, InetSocketAddress listen, String yaml)
            throws IOException, BadInputException {
        return start(kind, listen, yaml, TrafficSink.NONE);
    }

    private static TierInstance start(TierKind kind, InetSocketAddress listen, String yaml, TrafficSink sink)
            throws IOException, BadInputException {
        ConfigNode settings = ConfigFile.parse("test.yaml", yaml, new Problems());
        InstanceId id = new InstanceId(kind.word(), 1);
        return Balancers.start(kind, id, listen, settings, new Seeds(42), NanoClock.system(), sink);
    }
}

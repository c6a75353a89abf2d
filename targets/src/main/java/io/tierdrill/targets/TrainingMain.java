package io.tierdrill.targets;

import io.tierdrill.lb.TierInstance;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.targets.process.HostPort;
import io.tierdrill.targets.process.Lifeline;
import io.tierdrill.targets.process.Ready;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rehearsal of a rehearsal: one instance of each tier in this process, wired, asked and scraped once, so that a
 * class archive made of it knows what the real ones will load. Ends by itself; status 0 when all went well.
 */
public final class TrainingMain {
    /** Nothing is recorded while training. */
    private static final Clock NEVER_RECORDS = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private TrainingMain() {}

    public static void main(String[] args) throws Exception {
        Map<TierKind, TierInstance> tiers = new EnumMap<>(TierKind.class);
        try {
            for (TierKind tier : TierKind.values()) tiers.put(tier, start(tier));
            train(tiers);
        } finally {
            tiers.values().forEach(TierInstance::close);
        }
    }

    private static TierInstance start(TierKind tier) throws Exception {
        Path settings = Files.createTempFile("training", ".yaml");
        try {
            Files.writeString(settings, "instances: 1\n");
            String[] command = {
                tier.word(), "--name", tier.word() + "/1", "--config", settings.toString(), "--supervised"
            };
            return InstanceMain.start(InstanceArguments.parse(command), NanoClock.system(), NEVER_RECORDS);
        } finally {
            Files.delete(settings);
        }
    }

    private static void train(Map<TierKind, TierInstance> tiers) throws Exception {
        List<TierKind> order = new ArrayList<>(tiers.keySet());
        wire(tiers.get(TierKind.DNS), tiers.get(TierKind.L3));
        for (int i = 1; i + 1 < order.size(); i++) wire(tiers.get(order.get(i)), tiers.get(order.get(i + 1)));
        InetSocketAddress entry = tiers.get(TierKind.L3).traffic();
        var request = new FirstRequest("127.0.0.1", entry.getPort(), Optional.empty(), PATIENCE);
        Optional<String> wrong = request.send();
        for (int i = 0; i < 3 && wrong.isPresent(); i++) wrong = request.send();
        if (wrong.isPresent()) throw new IllegalStateException(wrong.get());
        for (TierInstance tier : tiers.values()) scrape(tier.admin());
    }

    /** Over the conversation a parent would have, to load that too. */
    private static void wire(TierInstance tier, TierInstance below) {
        String line = "WIRE " + HostPort.format(below.traffic()) + "\n";
        var answers = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Lifeline.follow(
                new Ready(tier.traffic(), tier.admin()),
                new BufferedReader(new StringReader(line)),
                answers,
                tier::wire);
    }

    private static void scrape(InetSocketAddress admin) throws Exception {
        var metrics = URI.create("http://127.0.0.1:" + admin.getPort() + "/metrics");
        try (InputStream answer = metrics.toURL().openStream()) {
            answer.readAllBytes();
        }
    }
}

package io.tierdrill.analysis;

import io.tierdrill.analysis.observed.Objective;
import io.tierdrill.analysis.observed.Requests;
import io.tierdrill.analysis.observed.RunData;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.run.EventLog;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.RequestSampleWriter;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.run.SampleWriter;
import io.tierdrill.model.run.Stopped;
import io.tierdrill.model.sample.HostSample;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.ProcessSample;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.sample.ResourceSample;
import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.sample.Sample;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.sample.SignalSample;
import io.tierdrill.model.sample.TierSample;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.Mode;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.tier.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A run that never happened: a stack, its samples ten times a second and its requests, all as the test says. Anything
 * not said is calm: 300 requests a second of some 20 ms, 10 % CPU everywhere, an injector on time.
 */
final class SyntheticRun {
    private static final long TICK = 100_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final List<Topology.Node> tiers = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<InstanceId, Load> loads = new LinkedHashMap<>();
    private final List<Limit> limits = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final List<RunEvent> events = new ArrayList<>();
    private Optional<Stopped> stopped = Optional.empty();
    private final List<String> injectorReasons = new ArrayList<>();
    private Requested requested = (i, chance) -> Sketch.calm(chance);
    private int seconds = 20;
    private double rate = 300;
    private double lowUntil = -9;
    private double lowPart = 1;
    private Optional<Integer> counted = Optional.empty();
    private long p99Nanos = 250_000_000L;
    private int cores = 4;
    private double hostBusy = 0.5;
    private Optional<Double> neededRate = Optional.empty();
    private boolean profiled = true;
    private long blindFrom = Long.MAX_VALUE;
    private long blindTo = Long.MAX_VALUE;

    /** How the i-th request goes. */
    interface Requested {
        Sketch of(double second, RandomGenerator chance);
    }

    /** What one instance did, per second. */
    private static final class Load {
        double cpu = 0.1;
        double cpuLater = 0.1;
        double laterFrom = Double.MAX_VALUE;
        double seenInside = 1;
        double unseenFrom = Double.MAX_VALUE;
        double unseenTo = Double.MAX_VALUE;
        double runDelay;
        double arrivals;
        double completions;
        double errors;
        double queued;
        double residence = 0.01;
        double queue;
        double downstream;
        int descriptors = 40;
        double piling;
        boolean silent;
    }

    /** @param value a second where the signal counts, else as it is */
    private record Told(
            InstanceId instance, Signal signal, String of, double value, double fromSecond, double toSecond) {
        Sample at(long atNanos) {
            double second = atNanos / 1e9;
            boolean on = second >= fromSecond && second <= toSecond;
            double grown = value * Math.max(0, Math.min(second, toSecond) - fromSecond);
            double level = signal.counts() ? Math.floor(grown * 1e6) / 1e6 : on ? value : 0;
            return new SignalSample(atNanos, instance, signal, of, level);
        }
    }

    private record Limit(
            InstanceId instance,
            String name,
            ResourceKind kind,
            double capacity,
            double used,
            double waiters,
            double dropsPerSecond,
            String setting,
            double fromSecond) {}

    /** A request in milliseconds. */
    record Sketch(
            double late,
            double dns,
            double connect,
            double path,
            double l7Queue,
            double l7Own,
            double gap,
            double serviceQueue,
            double serviceOwn,
            Outcome outcome) {
        static Sketch calm(RandomGenerator chance) {
            double slow = -Math.log(1 - chance.nextDouble()) * 6;
            return new Sketch(
                    0.05 + 0.1 * chance.nextDouble(),
                    0,
                    chance.nextDouble() < 0.02 ? 1.5 : 0,
                    0.6,
                    0,
                    0.7,
                    0.4,
                    0.1,
                    10 + slow,
                    Outcome.OK);
        }

        Sketch serviceQueue(double ms) {
            return new Sketch(late, dns, connect, path, l7Queue, l7Own, gap, ms, serviceOwn, outcome);
        }

        Sketch serviceOwn(double ms) {
            return new Sketch(late, dns, connect, path, l7Queue, l7Own, gap, serviceQueue, ms, outcome);
        }

        Sketch l7Queue(double ms) {
            return new Sketch(late, dns, connect, path, ms, l7Own, gap, serviceQueue, serviceOwn, outcome);
        }

        Sketch connect(double ms) {
            return new Sketch(late, dns, ms, path, l7Queue, l7Own, gap, serviceQueue, serviceOwn, outcome);
        }

        Sketch dns(double ms) {
            return new Sketch(late, ms, connect, path, l7Queue, l7Own, gap, serviceQueue, serviceOwn, outcome);
        }

        Sketch path(double ms) {
            return new Sketch(late, dns, connect, ms, l7Queue, l7Own, gap, serviceQueue, serviceOwn, outcome);
        }

        Sketch gap(double ms) {
            return new Sketch(late, dns, connect, path, l7Queue, l7Own, ms, serviceQueue, serviceOwn, outcome);
        }

        Sketch late(double ms) {
            return new Sketch(ms, dns, connect, path, l7Queue, l7Own, gap, serviceQueue, serviceOwn, outcome);
        }

        Sketch fails(Outcome kind) {
            return new Sketch(late, dns, connect, path, l7Queue, l7Own, gap, serviceQueue, serviceOwn, kind);
        }

        RequestSample at(long due) {
            long sent = due + nanos(late);
            double service = serviceQueue + serviceOwn;
            double l7 = l7Queue + l7Own + gap + service;
            long done = sent + nanos(dns + connect + path + l7);
            boolean answered = outcome == Outcome.OK || outcome == Outcome.SERVER_ERROR;
            Map<String, Long> stages = new LinkedHashMap<>();
            if (answered) {
                stages.put("l7", nanos(l7));
                stages.put("l7-queue", nanos(l7Queue));
                stages.put("l7-downstream", nanos(gap + service));
                stages.put("service", nanos(service));
                stages.put("service-queue", nanos(serviceQueue));
            }
            int status = outcome == Outcome.OK ? 200 : outcome == Outcome.SERVER_ERROR ? 503 : 0;
            return new RequestSample(
                    due, sent, done, nanos(dns), nanos(connect), outcome, status, answered ? 2048 : 0, stages);
        }

        private static long nanos(double ms) {
            return Math.round(ms * 1e6);
        }
    }

    /** The classic tree: DNS, one L3, two L4, {@code l7} L7 and {@code services} services. */
    static SyntheticRun tree(int l7, int services) {
        return new SyntheticRun()
                .tier("dns", TierKind.DNS, 1, false)
                .tier("l3", TierKind.L3, 1, true)
                .tier("l4", TierKind.L4, 2, false)
                .tier("l7", TierKind.L7, l7, false)
                .tier("service", TierKind.SERVICE, services, false);
    }

    SyntheticRun tier(String name, TierKind kind, int instances, boolean emulated) {
        List<Topology.Process> processes = new ArrayList<>();
        for (int i = 1; i <= instances; i++) {
            InstanceId id = new InstanceId(name, i);
            processes.add(new Topology.Process(
                    id, 1000 + tiers.size() * 100 + i, "127.0." + tiers.size() + "." + i + ":8080"));
            loads.put(id, new Load());
        }
        tiers.add(new Topology.Node(name, kind, processes, emulated));
        return this;
    }

    SyntheticRun rate(double perSecond, int forSeconds) {
        rate = perSecond;
        seconds = forSeconds;
        return this;
    }

    SyntheticRun needs(double perSecond) {
        neededRate = Optional.of(perSecond);
        return this;
    }

    SyntheticRun requests(Requested how) {
        requested = how;
        return this;
    }

    /** The p99 promised, in milliseconds. */
    SyntheticRun objective(double p99Millis) {
        p99Nanos = Math.round(p99Millis * 1e6);
        return this;
    }

    SyntheticRun cpu(String who, double busy, double runDelay) {
        each(who).forEach(load -> {
            load.cpu = busy;
            load.runDelay = runDelay;
        });
        return this;
    }

    /** The first until that second, then the other. */
    SyntheticRun cpu(String who, double busy, double later, double fromSecond) {
        each(who).forEach(load -> {
            load.cpu = busy;
            load.cpuLater = later;
            load.laterFrom = fromSecond;
        });
        return this;
    }

    /** So many times as many requests are seen inside as stay there by what is told of their time. */
    SyntheticRun inside(String who, double times) {
        each(who).forEach(load -> load.seenInside = times);
        return this;
    }

    /** Nobody looks at it from one second to another. */
    SyntheticRun unseen(String who, double fromSecond, double toSecond) {
        each(who).forEach(load -> {
            load.unseenFrom = fromSecond;
            load.unseenTo = toSecond;
        });
        return this;
    }

    /** Only that part of the requests is asked until that second. */
    SyntheticRun rateUntil(double second, double part) {
        lowUntil = second;
        lowPart = part;
        return this;
    }

    /** The injector counted that many, whatever was written down. */
    SyntheticRun counted(int requests) {
        counted = Optional.of(requests);
        return this;
    }

    /** Per second over all instances named; times in seconds per request. */
    SyntheticRun flow(String who, double arrivals, double residence, double queue, double downstream) {
        List<Load> all = each(who);
        all.forEach(load -> {
            load.arrivals = arrivals / all.size();
            load.completions = arrivals / all.size();
            load.residence = residence;
            load.queue = queue;
            load.downstream = downstream;
        });
        return this;
    }

    SyntheticRun errors(String who, double perSecond) {
        List<Load> all = each(who);
        all.forEach(load -> load.errors = perSecond / all.size());
        return this;
    }

    /** So many come out a second, and that many more stay in it every second; nobody waits for a declared limit. */
    SyntheticRun piling(String who, double completions, double staying) {
        List<Load> all = each(who);
        all.forEach(load -> {
            load.completions = completions / all.size();
            load.arrivals = (completions + staying) / all.size();
            load.piling = staying / all.size();
        });
        return this;
    }

    SyntheticRun queued(String who, double requests) {
        each(who).forEach(load -> load.queued = requests);
        return this;
    }

    /** Of 1024. */
    SyntheticRun descriptors(String who, int open) {
        each(who).forEach(load -> load.descriptors = open);
        return this;
    }

    SyntheticRun silent(String who) {
        each(who).forEach(load -> load.silent = true);
        return this;
    }

    SyntheticRun limit(String who, String name, ResourceKind kind, double capacity, double used, double waiters) {
        return limit(who, name, kind, capacity, used, waiters, 0, 0);
    }

    SyntheticRun limit(
            String who,
            String name,
            ResourceKind kind,
            double capacity,
            double used,
            double waiters,
            double drops,
            double fromSecond) {
        for (InstanceId id : ids(who)) {
            String setting = "stack." + id.tier() + "." + name;
            limits.add(new Limit(id, name, kind, capacity, used, waiters, drops, setting, fromSecond));
            settings.put(setting, "scenario.yaml:" + (20 + name.length()));
        }
        return this;
    }

    /** All through the run, warm-up included. */
    SyntheticRun signal(String who, Signal signal, double value) {
        return signal(who, signal, "", value, -2, Double.MAX_VALUE);
    }

    SyntheticRun signal(String who, Signal signal, String of, double value) {
        return signal(who, signal, of, value, -2, Double.MAX_VALUE);
    }

    /** From one second to another; {@code machine} is the machine. */
    SyntheticRun signal(String who, Signal signal, String of, double value, double fromSecond, double toSecond) {
        List<InstanceId> those = who.equals("machine") ? List.of(SignalSample.MACHINE) : ids(who);
        if (those.isEmpty()) throw new IllegalArgumentException("nobody is called " + who);
        for (InstanceId id : those) told.add(new Told(id, signal, of, value, fromSecond, toSecond));
        return this;
    }

    SyntheticRun setting(String path, String place) {
        settings.put(path, place);
        return this;
    }

    SyntheticRun host(int processors, double busy) {
        cores = processors;
        hostBusy = busy;
        return this;
    }

    SyntheticRun event(double second, String kind, String subject, String message) {
        events.add(new RunEvent(Math.round(second * 1e9), kind, subject, message));
        return this;
    }

    SyntheticRun injectorInvalid(String reason) {
        injectorReasons.add(reason);
        return this;
    }

    SyntheticRun stopped(Stopped early) {
        stopped = Optional.of(early);
        return this;
    }

    SyntheticRun unprofiled() {
        profiled = false;
        return this;
    }

    SyntheticRun blind(double fromSecond, double toSecond) {
        blindFrom = Math.round(fromSecond * 1e9);
        blindTo = Math.round(toSecond * 1e9);
        return this;
    }

    private List<InstanceId> ids(String who) {
        return loads.keySet().stream()
                .filter(id -> id.toString().equals(who) || id.tier().equals(who))
                .toList();
    }

    private List<Load> each(String who) {
        List<Load> found = ids(who).stream().map(loads::get).toList();
        if (found.isEmpty()) throw new IllegalArgumentException("nobody is called " + who);
        return found;
    }

    Verdict verdict() {
        return Analysis.of(data());
    }

    RunData data() {
        Requests requests = new Requests();
        requestSamples().forEach(requests::add);
        TreeMap<String, String> environment = new TreeMap<>(Map.of("jdk", "17.0.15", "kernel", "6.1"));
        return new RunData(
                "planted",
                7,
                new Objective(p99Nanos, 0.001, neededRate),
                topology(),
                injection(requests.count()),
                requests,
                samples(),
                events,
                environment);
    }

    private Topology topology() {
        return new Topology(Mode.EMBEDDED, tiers, settings);
    }

    private Injection injection(int requests) {
        Injection.Quantiles none = new Injection.Quantiles(requests, 0.0, 0.0, 0.0, null, null, 0.0);
        boolean valid = injectorReasons.isEmpty();
        return new Injection(
                counted.orElse(requests),
                counted.orElse(requests),
                Map.of(),
                rate,
                rate,
                1,
                seconds,
                none,
                none,
                none,
                Optional.empty(),
                valid ? "VALID" : "INVALID",
                injectorReasons,
                stopped,
                "epoll",
                new Injection.Generator(0.41 * cores * seconds, 0, 100L << 20, cores, 64, 64),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    private List<RequestSample> requestSamples() {
        RandomGenerator chance = new Seeds(7).stream("requests");
        List<RequestSample> samples = new ArrayList<>();
        int warmup = (int) (2 * rate);
        for (int i = -warmup; i < rate * seconds; i++) {
            double second = i / rate;
            if (second < lowUntil && Math.floorMod(i, Math.round(1 / lowPart)) != 0) continue;
            samples.add(requested.of(Math.max(0, second), chance).at(Math.round(second * 1e9)));
        }
        return samples;
    }

    private List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        if (!profiled) return samples;
        for (long at = -2 * SECOND; at <= seconds * SECOND; at += TICK) {
            if (at > blindFrom && at < blindTo) continue;
            double t = at / 1e9 + 2;
            samples.add(new HostSample(at, cores, hostBusy * cores * t, 0, 0, 0, 0, 0, 0));
            samples.add(
                    new ProcessSample(at, new InstanceId("injector", 1), 0.4 * t, 0.4 * t, 0, 90L << 20, 20, 80, 1024));
            for (Map.Entry<InstanceId, Load> entry : loads.entrySet()) instance(samples, at, t, entry);
            for (Limit limit : limits) limit(samples, at, limit);
            for (Told one : told) if (Math.floorMod(at, 5 * TICK) == 0) samples.add(one.at(at));
        }
        return samples;
    }

    private void instance(List<Sample> samples, long at, double t, Map.Entry<InstanceId, Load> entry) {
        Load load = entry.getValue();
        if (load.silent || (at / 1e9 > load.unseenFrom && at / 1e9 < load.unseenTo)) return;
        InstanceId id = entry.getKey();
        // A little sawtooth, so that charts are not straight lines.
        double wobble = 0.02 * Math.sin(t * 1.7 + id.number()) * load.cpu;
        double later = Math.max(0, at / 1e9 - load.laterFrom);
        double cpu = load.cpu * (t - later) + load.cpuLater * later + wobble;
        long rss = (46L << 20) + (long) (t * 40_000) + (long) id.number() * (1 << 20);
        samples.add(new ProcessSample(at, id, cpu, cpu, load.runDelay * t, rss, 12, load.descriptors, 1024));
        double done = load.completions * t;
        // Whole requests that are right on average.
        double dither = (at / TICK * 0.618034 + id.number() * 0.3 + 99) % 1;
        double inside = load.completions * load.residence + load.piling * t;
        samples.add(new TierSample(
                at,
                id,
                (long) (load.arrivals * t),
                (long) done,
                (long) (load.errors * t),
                (long) (inside * load.seenInside + dither),
                (long) load.queued,
                done * load.residence + load.piling * t * t / 2,
                done * load.queue,
                done * load.downstream));
    }

    private static void limit(List<Sample> samples, long at, Limit limit) {
        double active = Math.max(0, at / 1e9 - limit.fromSecond);
        boolean full = at / 1e9 >= limit.fromSecond;
        samples.add(new ResourceSample(
                at,
                limit.instance,
                limit.name,
                limit.kind,
                limit.capacity,
                full ? limit.used : limit.used * 0.3,
                full ? limit.waiters : 0,
                (long) (limit.dropsPerSecond * active),
                limit.setting));
    }

    /** Puts the same run into a folder. */
    RunFolder write(Path path) throws IOException {
        RunFolder folder = RunFolder.create(path);
        Map<String, Object> scenario = new LinkedHashMap<>();
        scenario.put("name", "planted");
        scenario.put("seed", 7);
        scenario.put("slo", new SloConfig(Duration.ofMillis(250), 0.001, neededRate).toMap());
        Files.writeString(folder.scenario(), ConfigFile.write(scenario));
        RunFiles.write(folder.topology(), topology());
        List<RequestSample> requests = requestSamples();
        RunFiles.write(folder.injection(), injection((int)
                requests.stream().filter(r -> r.dueNanos() >= 0).count()));
        RequestSampleWriter writer = RequestSampleWriter.create(folder.requests());
        requests.forEach(writer);
        writer.close();
        if (writer.dropped() > 0) throw new IOException(writer.dropped() + " request samples were dropped");
        try (SampleWriter samples = SampleWriter.create(folder.samples())) {
            samples().forEach(samples);
        }
        try (EventLog log = EventLog.create(folder.events())) {
            events.forEach(log);
        }
        RunFiles.write(path.resolve("environment.json"), new TreeMap<>(Map.of("jdk", "17.0.15", "kernel", "6.1")));
        return folder;
    }
}

package io.tierdrill.scenarios.evaluate;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.EventLog;
import io.tierdrill.model.run.RequestSampleReader;
import io.tierdrill.model.run.RequestSampleWriter;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.run.SampleReader;
import io.tierdrill.model.run.SampleWriter;
import io.tierdrill.model.sample.HostSample;
import io.tierdrill.model.sample.ProcessSample;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.sample.ResourceSample;
import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.sample.Sample;
import io.tierdrill.model.sample.SignalSample;
import io.tierdrill.model.sample.TierSample;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Takes out of a run folder what the verdict shall not see: a tier's telemetry, and the tiers' telling names. The
 * verdict works on the folder alone, so this is the same as if nobody had measured it.
 */
record Blindfold(Optional<String> untold, Map<String, String> names) {
    private static final List<String> TREES = List.of("ash", "birch", "cedar", "elm", "hazel");

    /** @param seed decides which tier gets which name */
    static Blindfold of(Change change, Seeds seeds, Topology topology) {
        Map<String, String> names = new LinkedHashMap<>();
        List<String> trees = new ArrayList<>(TREES);
        RandomGenerator chance = seeds.stream("names of tiers");
        if (change.renamed())
            for (Topology.Node node : topology.tiers())
                names.put(node.name(), trees.remove(chance.nextInt(trees.size())));
        return new Blindfold(change.untold(), names);
    }

    boolean changesNothing() {
        return untold.isEmpty() && names.isEmpty();
    }

    /** The tier's own name again. */
    String plain(String name) {
        return names.entrySet().stream()
                .filter(e -> e.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name);
    }

    private String name(String tier) {
        return names.getOrDefault(tier, tier);
    }

    private InstanceId name(InstanceId id) {
        return new InstanceId(name(id.tier()), id.number());
    }

    void over(RunFolder run) throws IOException, BadInputException {
        if (changesNothing()) return;
        List<Sample> samples = SampleReader.read(run.samples());
        try (SampleWriter out = SampleWriter.create(run.samples())) {
            samples.stream().filter(s -> !isUntold(s)).map(this::named).forEach(out);
        }
        if (names.isEmpty()) return;
        RunFiles.write(run.topology(), named(RunFiles.read(run.topology(), Topology.class)));
        requests(run.requests());
        List<RunEvent> events = EventLog.read(run.events());
        try (EventLog out = EventLog.create(run.events())) {
            events.stream()
                    .map(e -> new RunEvent(e.atNanos(), e.kind(), instance(e.subject()), e.message()))
                    .forEach(out);
        }
    }

    private boolean isUntold(Sample sample) {
        return untold.isPresent()
                && who(sample).filter(id -> id.tier().equals(untold.get())).isPresent();
    }

    private static Optional<InstanceId> who(Sample sample) {
        if (sample instanceof TierSample s) return Optional.of(s.instance());
        if (sample instanceof ResourceSample s) return Optional.of(s.instance());
        if (sample instanceof ProcessSample s) return Optional.of(s.instance());
        if (sample instanceof SignalSample s) return Optional.of(s.instance());
        return Optional.empty();
    }

    private Sample named(Sample sample) {
        if (names.isEmpty() || sample instanceof HostSample) return sample;
        if (sample instanceof TierSample s)
            return new TierSample(
                    s.atNanos(),
                    name(s.instance()),
                    s.arrivals(),
                    s.completions(),
                    s.errors(),
                    s.inFlight(),
                    s.queued(),
                    s.residenceSeconds(),
                    s.queueSeconds(),
                    s.downstreamSeconds());
        if (sample instanceof ResourceSample s)
            return new ResourceSample(
                    s.atNanos(),
                    name(s.instance()),
                    s.resource(),
                    s.kind(),
                    s.capacity(),
                    s.used(),
                    s.waiters(),
                    s.drops(),
                    s.setting());
        if (sample instanceof ProcessSample s)
            return new ProcessSample(
                    s.atNanos(),
                    name(s.instance()),
                    s.cpuSeconds(),
                    s.busiestThreadCpuSeconds(),
                    s.runDelaySeconds(),
                    s.rssBytes(),
                    s.threads(),
                    s.descriptors(),
                    s.descriptorLimit());
        SignalSample s = (SignalSample) sample;
        return new SignalSample(s.atNanos(), name(s.instance()), s.signal(), instance(s.of()), s.value());
    }

    /** {@code l7/2} by its new name; anything else as it is. */
    private String instance(String text) {
        int slash = text.indexOf('/');
        return slash < 1 ? name(text) : name(text.substring(0, slash)) + text.substring(slash);
    }

    private Topology named(Topology topology) {
        List<Topology.Node> nodes = new ArrayList<>();
        for (Topology.Node node : topology.tiers()) {
            List<Topology.Process> processes = node.instances().stream()
                    .map(p -> new Topology.Process(name(p.id()), p.pid(), p.address()))
                    .toList();
            nodes.add(new Topology.Node(name(node.name()), node.kind(), processes, node.emulated()));
        }
        return new Topology(topology.mode(), nodes, topology.settings());
    }

    private void requests(Path file) throws IOException, BadInputException {
        Path told = file.resolveSibling(file.getFileName() + ".told");
        Files.move(file, told);
        long lost;
        try (RequestSampleReader in = RequestSampleReader.open(told);
                RequestSampleWriter out = RequestSampleWriter.create(file)) {
            while (in.hasNext()) {
                out.accept(named(in.next()));
            }
            lost = out.dropped();
        }
        Files.delete(told);
        if (lost > 0) throw new IOException(lost + " requests were lost while tiers were renamed in " + file);
    }

    private RequestSample named(RequestSample r) {
        Map<String, Long> stages = new LinkedHashMap<>();
        r.stages().forEach((stage, nanos) -> stages.put(stage(stage), nanos));
        return new RequestSample(
                r.dueNanos(),
                r.sentNanos(),
                r.doneNanos(),
                r.heldNanos(),
                r.dnsNanos(),
                r.connectNanos(),
                r.outcome(),
                r.status(),
                r.responseBytes(),
                stages);
    }

    /** {@code l7}, {@code l7-queue}. */
    private String stage(String stage) {
        int dash = stage.indexOf('-');
        return dash < 1 ? name(stage) : name(stage.substring(0, dash)) + stage.substring(dash);
    }
}

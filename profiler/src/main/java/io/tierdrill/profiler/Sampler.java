package io.tierdrill.profiler;

import io.tierdrill.model.sample.Sample;
import io.tierdrill.model.sample.TierSample;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.profiler.proc.HostProbe;
import io.tierdrill.profiler.proc.Probes;
import io.tierdrill.profiler.proc.ProcessProbe;
import io.tierdrill.profiler.proc.SignalProbes;
import io.tierdrill.profiler.scrape.Scraper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything that is done at one tick. Belongs to one thread; knows nothing of when. */
final class Sampler implements AutoCloseable {
    /** Half a second at the usual interval: no rule looks at signals more closely. */
    private static final int SIGNALS_EVERY = 5;

    private final NanoClock clock;
    private final Consumer<Sample> samples;
    private final Scraper scraper;
    private final Probes probes = Probes.ofThisMachine();
    private final HostProbe host = probes.host();
    private final SignalProbes signals = probes.signals();
    private final Map<InstanceId, ProcessProbe> processes = new HashMap<>();
    private final Map<InstanceId, Supplier<Optional<TierSample>>> inProcess;
    private int ticks;

    Sampler(
            NanoClock clock,
            Scraper scraper,
            Map<InstanceId, Supplier<Optional<TierSample>>> inProcess,
            Consumer<Sample> samples) {
        this.clock = clock;
        this.scraper = scraper;
        this.inProcess = Map.copyOf(inProcess);
        this.samples = samples;
    }

    /** Takes the place of whatever was watched as that instance. */
    void watch(Watched watched) {
        ProcessProbe before = processes.put(watched.id(), probes.process(watched.id(), watched.pid()));
        if (before != null) before.close();
        signals.watch(watched.id(), watched.pid(), watched.traffic());
        scraper.forget(watched.id());
        watched.metrics().ifPresent(uri -> scraper.watch(watched.id(), uri));
    }

    /** Asks for metrics last, so that this thread is free for the answers when they come. */
    void tick() {
        for (ProcessProbe process : processes.values())
            process.sample(clock.nanos()).ifPresent(samples);
        host.sample(clock.nanos()).ifPresent(samples);
        for (Supplier<Optional<TierSample>> tier : inProcess.values())
            tier.get().ifPresent(samples);
        boolean withSignals = ticks++ % SIGNALS_EVERY == 0;
        if (withSignals) signals.sample(clock.nanos(), samples);
        scraper.ask(withSignals);
    }

    @Override
    public void close() throws IOException {
        processes.values().forEach(ProcessProbe::close);
        host.close();
        signals.close();
        scraper.close();
    }
}

package io.tierdrill.targets;

import io.tierdrill.lb.Balancers;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.lb.l7.L7Config;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.recorder.live.LiveConfig;
import io.tierdrill.recorder.live.LiveRecording;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** An L7 that records itself where its settings say so; joined here, as the L7 knows of no recorder. */
record RecordedL7(TierInstance l7, LiveRecording recording) implements TierInstance {

    /** With {@code record.folder} in its settings it records there, else it is an L7 like any other. */
    static TierInstance start(
            InstanceArguments arguments, ConfigNode settings, Seeds seeds, NanoClock clock, Clock wall)
            throws IOException, BadInputException {
        Optional<Path> folder = folder(arguments);
        if (folder.isEmpty())
            return Balancers.start(arguments.kind(), arguments.id(), arguments.listen(), settings, seeds, clock);
        String name = arguments.id().tier() + "-" + arguments.id().number();
        LiveConfig config = LiveConfig.folder(folder.get(), name, "L7 " + arguments.id());
        LiveRecording recording = LiveRecording.start(config, clock, wall);
        try {
            return new RecordedL7(
                    Balancers.start(
                            arguments.kind(), arguments.id(), arguments.listen(), settings, seeds, clock, recording),
                    recording);
        } catch (IOException | BadInputException | RuntimeException failed) {
            recording.close();
            throw failed;
        }
    }

    /** Reads the settings once more for it; what is wrong with them is said by whoever starts the L7. */
    private static Optional<Path> folder(InstanceArguments arguments) {
        if (arguments.config().isEmpty()) return Optional.empty();
        Problems problems = new Problems();
        Optional<Path> folder = L7Config.from(ConfigFile.read(arguments.config().get(), problems))
                .record()
                .folder();
        return problems.all().isEmpty() ? folder : Optional.empty();
    }

    @Override
    public InetSocketAddress traffic() {
        return l7.traffic();
    }

    @Override
    public InetSocketAddress admin() {
        return l7.admin();
    }

    @Override
    public void wire(List<InetSocketAddress> downstream) {
        l7.wire(downstream);
    }

    /** First the traffic, then what was told of it. */
    @Override
    public void close() {
        l7.close();
        recording.close();
    }
}

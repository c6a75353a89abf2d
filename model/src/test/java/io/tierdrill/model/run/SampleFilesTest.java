package io.tierdrill.model.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.sample.HostSample;
import io.tierdrill.model.sample.ProcessSample;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.sample.ResourceSample;
import io.tierdrill.model.sample.Sample;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.sample.SignalSample;
import io.tierdrill.model.sample.TierSample;
import io.tierdrill.model.tier.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFilesTest {
    private static final InstanceId L7 = new InstanceId("l7", 2);

    @TempDir
    Path folder;

    @Test
    void readsBackEveryKindOfSampleAsItWasWritten() throws Exception {
        List<Sample> samples = new ArrayList<>();
        samples.add(new TierSample(-5, L7, 1, 2, 3, 4, 5, 6.5, 7.5, 8.5));
        samples.add(new HostSample(1, 2, 3.5, 4.5, 5.5, 6, 7, 8, 9));
        samples.add(new ProcessSample(2, L7, 1.5, 0.5, 0.25, 1L << 40, 30, 40, 20_000));
        for (ResourceKind kind : ResourceKind.values())
            samples.add(new ResourceSample(3, L7, "upstream-pool", kind, 8, 7, 6, 5, "stack.l7.pending"));
        for (Signal signal : Signal.values()) samples.add(new SignalSample(4, L7, signal, "127.0.4.1:80", 3.25));

        Path file = write(samples);

        assertThat(SampleReader.read(file)).isEqualTo(samples);
    }

    @Test
    void writesWhatAnyAvroReaderReadsByFieldName() throws Exception {
        Path file = write(List.of(
                new ResourceSample(3, L7, "pool", ResourceKind.ACCEPT_QUEUE, 8, 7.25, 6, 5, "stack.l7.pending"),
                new HostSample(1, 2, 3.5, 4.5, 5.5, 6, 7, 8, 9)));

        try (DataFileReader<GenericRecord> lines = new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
            GenericRecord resource = (GenericRecord) lines.next().get("sample");
            assertThat(resource.get("tier")).hasToString("l7");
            assertThat(resource.get("instance")).isEqualTo(2);
            assertThat(resource.get("kind")).hasToString("ACCEPT_QUEUE");
            assertThat(resource.get("used")).isEqualTo(7.25);
            assertThat(resource.get("setting")).hasToString("stack.l7.pending");
            GenericRecord host = (GenericRecord) lines.next().get("sample");
            assertThat(host.get("cpuPressureSeconds")).isEqualTo(5.5);
            assertThat(host.get("udpReceiveErrors")).isEqualTo(9L);
        }
    }

    @Test
    void namesEverySignalInItsSchema() throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (Signal signal : Signal.values()) samples.add(new SignalSample(4, SignalSample.MACHINE, signal, "", 1));

        List<String> words = new ArrayList<>();
        try (DataFileReader<GenericRecord> lines =
                new DataFileReader<>(write(samples).toFile(), new GenericDatumReader<>())) {
            lines.forEachRemaining(line ->
                    words.add(((GenericRecord) line.get("sample")).get("signal").toString()));
        }

        assertThat(words)
                .containsExactlyElementsOf(
                        Stream.of(Signal.values()).map(Signal::name).toList());
    }

    /** Kept from before there were signals. */
    @Test
    void readsTheFilesOfEarlierVersions() throws Exception {
        Path file = Path.of(getClass().getResource("samples-1.avro").toURI());

        assertThat(SampleReader.read(file))
                .containsExactly(
                        new TierSample(-5, L7, 1, 2, 3, 4, 5, 6.5, 7.5, 8.5),
                        new HostSample(1, 2, 3.5, 4.5, 5.5, 6, 7, 8, 9),
                        new ProcessSample(2, L7, 1.5, 0.5, 0.25, 1L << 40, 30, 40, 20_000),
                        new ResourceSample(3, L7, "pool", ResourceKind.NETWORK, 8, 7, 6, 5, "stack.l7.pending"));
    }

    @Test
    void readsAFileCutAnywhereUpToItsLastWholeBlock() throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) samples.add(new TierSample(i, L7, i, 2, 3, 4, 5, 6, 7, 8));
        byte[] whole = Files.readAllBytes(write(samples));
        Path cut = folder.resolve("cut.avro");

        int before = 0;
        for (int length = header(); length < whole.length; length++) {
            Files.write(cut, java.util.Arrays.copyOf(whole, length));
            List<Sample> read = SampleReader.read(cut);
            assertThat(read).isEqualTo(samples.subList(0, read.size()));
            assertThat(read.size()).isIn(0, 512, 1_024).isGreaterThanOrEqualTo(before);
            before = read.size();
        }
        assertThat(before).isEqualTo(1_024);
    }

    @Test
    void keepsWholeBlocksOnTheDiskWhileTheRunGoesOn() throws Exception {
        Path file = folder.resolve("samples.avro");
        try (SampleWriter writer = SampleWriter.create(file)) {
            for (int i = 0; i < 600; i++) writer.accept(new TierSample(i, L7, i, 2, 3, 4, 5, 6, 7, 8));

            assertThat(SampleReader.read(file)).hasSize(512);
        }
        assertThat(SampleReader.read(file)).hasSize(600);
    }

    @Test
    void saysThatABlockIsDamagedInsteadOfLeavingOutTheRest() throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) samples.add(new TierSample(i, L7, i, 2, 3, 4, 5, 6, 7, 8));
        Path file = write(samples);
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < 40; i++) bytes[header() + 100 + i] ^= 0x55;
        Files.write(file, bytes);

        assertThatThrownBy(() -> SampleReader.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": a block is damaged: ");
    }

    @Test
    void tellsWhichFileOfTheFolderIsMissing() {
        Path file = folder.resolve("samples.avro");

        assertThatThrownBy(() -> SampleReader.read(file))
                .isInstanceOf(BadInputException.class)
                .hasMessage("""
                %s: there is no such file
                  A run that was stopped before its end may lack it. Name the folder of a whole run.
                1 problem; nothing was started.""".formatted(file));
    }

    @Test
    void refusesForeignAndEmptyFiles() throws Exception {
        for (String content : List.of("", "Obj", "Obj\u0001", "{\"name\": 1}", "x".repeat(100_000))) {
            Path file = Files.writeString(folder.resolve("samples.avro"), content);

            assertThatThrownBy(() -> SampleReader.read(file))
                    .isInstanceOf(BadInputException.class)
                    .hasMessage("""
                            %s: not an Avro file, or cut before its first block
                              Expected the samples.avro of a run of this version.
                            1 problem; nothing was started.""".formatted(file));
        }
    }

    @Test
    void refusesAnAvroFileOfAnotherSchema() throws Exception {
        Path requests = folder.resolve("requests.avro");
        RequestSampleWriter.create(requests).close();

        assertThatThrownBy(() -> SampleReader.read(requests))
                .isInstanceOf(BadInputException.class)
                .hasMessage("""
                        %s: an Avro file of another schema
                          Expected the samples.avro of a run of this version.
                        1 problem; nothing was started.""".formatted(requests));
    }

    private Path write(List<Sample> samples) throws IOException {
        Path file = folder.resolve("samples.avro");
        try (SampleWriter writer = SampleWriter.create(file)) {
            samples.forEach(writer);
        }
        return file;
    }

    /** The length of a file without records: the same magic, schema, codec and sync marker. */
    private int header() throws IOException {
        Path empty = folder.resolve("empty.avro");
        SampleWriter.create(empty).close();
        return (int) Files.size(empty);
    }
}

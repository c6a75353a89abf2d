package io.tierdrill.model.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestSampleFilesTest {
    @TempDir
    Path folder;

    @Test
    void readsBackEveryOutcomeAsItWasWritten() throws Exception {
        List<RequestSample> samples = new ArrayList<>();
        for (Outcome outcome : Outcome.values())
            samples.add(new RequestSample(
                    -10, -9, 1L << 50, 2, 3, 4, outcome, 503, 6, Map.of("l7", 7L, "l7-queue", 8L, "service", 0L)));
        samples.add(sample(1));

        assertThat(readAll(write(samples))).isEqualTo(samples);
    }

    @Test
    void writesWhatAnyAvroReaderReadsByFieldName() throws Exception {
        Path file =
                write(List.of(new RequestSample(1, 2, 9, 3, 4, 5, Outcome.SHORT_READ, 200, 6, Map.of("l7-queue", 7L))));

        try (DataFileReader<GenericRecord> records = new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
            GenericRecord request = records.next();
            assertThat(request.get("dueNanos")).isEqualTo(1L);
            assertThat(request.get("heldNanos")).isEqualTo(3L);
            assertThat(request.get("connectNanos")).isEqualTo(5L);
            assertThat(request.get("outcome")).hasToString("SHORT_READ");
            assertThat(request.get("status")).isEqualTo(200);
            assertThat(request.get("stages")).hasToString("{l7-queue=7}");
        }
    }

    @Test
    void readsAFileFromBeforeRequestsToldHowLongTheyWereHeld() throws Exception {
        Schema now = new RequestForm().schema();
        Schema then = Schema.createRecord("Request", now.getDoc(), "io.tierdrill.run", false);
        then.setFields(now.getFields().subList(0, 9).stream()
                .map(f -> new Schema.Field(f, f.schema()))
                .toList());
        Path old = folder.resolve("old.avro");
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>())) {
            writer.create(then, old.toFile());
            for (int i = 0; i < 3; i++) writer.append(record(then, sample(i)));
        }

        assertThat(readAll(old)).containsExactly(sample(0), sample(1), sample(2));
    }

    private static GenericRecord record(Schema schema, RequestSample s) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("dueNanos", s.dueNanos());
        record.put("sentNanos", s.sentNanos());
        record.put("doneNanos", s.doneNanos());
        record.put("dnsNanos", s.dnsNanos());
        record.put("connectNanos", s.connectNanos());
        record.put(
                "outcome",
                new GenericData.EnumSymbol(
                        schema.getField("outcome").schema(), s.outcome().name()));
        record.put("status", s.status());
        record.put("responseBytes", s.responseBytes());
        record.put("stages", s.stages());
        return record;
    }

    @Test
    void takesSamplesFromManyThreadsAndLosesNone() throws Exception {
        Path file = folder.resolve("requests.avro");
        RequestSampleWriter writer = RequestSampleWriter.create(file);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int first = t * 10_000;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 10_000; i++) writer.accept(sample(first + i));
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) thread.join();
        writer.close();

        assertThat(writer.dropped()).isZero();
        List<RequestSample> read = readAll(file);
        read.sort(Comparator.comparingLong(RequestSample::dueNanos));
        assertThat(read).hasSize(40_000);
        for (int i = 0; i < read.size(); i++) assertThat(read.get(i)).isEqualTo(sample(i));
    }

    @Test
    void countsWhatComesAfterTheEnd() throws Exception {
        RequestSampleWriter writer = RequestSampleWriter.create(folder.resolve("requests.avro"));
        writer.accept(sample(1));
        writer.close();
        writer.accept(sample(2));

        assertThat(writer.dropped()).isEqualTo(1);
        assertThat(readAll(folder.resolve("requests.avro"))).containsExactly(sample(1));
    }

    @Test
    void dropsAndCountsInsteadOfWaitingForADiskThatStandsStill() throws Exception {
        Path file = folder.resolve("requests.avro");
        CountDownLatch diskMoves = new CountDownLatch(1);
        OutputStream disk = Files.newOutputStream(file);
        RequestSampleWriter writer = RequestSampleWriter.start(new FilterOutputStream(disk) {
            private boolean header = true;

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (!header) awaitOrFail(diskMoves);
                header = false;
                out.write(bytes, from, length);
            }
        });
        int offered = 0;
        for (; writer.dropped() == 0; offered++) writer.accept(sample(offered));
        for (; writer.dropped() < 1_000; offered++) writer.accept(sample(offered));
        diskMoves.countDown();
        writer.close();

        assertThat(offered).isGreaterThan(65_000);
        assertThat(readAll(file).size() + writer.dropped()).isEqualTo(offered);
    }

    @Test
    void saysAtTheEndThatTheDiskWasFull() throws Exception {
        RequestSampleWriter writer = RequestSampleWriter.start(new OutputStream() {
            private int room = 2_000;

            @Override
            public void write(int b) throws IOException {
                if (room-- <= 0) throw new IOException("No space left on device");
            }
        });
        for (int i = 0; i < 20_000; i++) writer.accept(sample(i));

        assertThatThrownBy(writer::close).isInstanceOf(IOException.class).hasMessage("No space left on device");
        assertThat(writer.dropped()).isPositive();
    }

    private static void awaitOrFail(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) throw new IOException("the test never let the disk move");
        } catch (InterruptedException stop) {
            throw new IOException(stop);
        }
    }

    @Test
    void handsOverInOrderAndRefusesWhenFull() {
        Handover<Integer> queue = new Handover<>(4);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) assertThat(queue.offer(i)).isTrue();
            assertThat(queue.offer(4)).isFalse();
            for (int i = 0; i < 4; i++) assertThat(queue.poll()).isEqualTo(i);
            assertThat(queue.poll()).isNull();
        }
    }

    @Test
    void readsAFileCutInABlockUpToTheOneBefore() throws Exception {
        List<RequestSample> samples = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) samples.add(sample(i));
        Path file = write(samples);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));

        try (RequestSampleReader reader = RequestSampleReader.open(file)) {
            int read = 0;
            while (reader.hasNext()) assertThat(reader.next()).isEqualTo(samples.get(read++));
            assertThat(read).isBetween(1_000, 19_000);
            assertThat(reader.hasNext()).isFalse();
            assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    private Path write(List<RequestSample> samples) throws Exception {
        Path file = folder.resolve("requests.avro");
        try (RequestSampleWriter writer = RequestSampleWriter.create(file)) {
            samples.forEach(writer);
        }
        return file;
    }

    private static List<RequestSample> readAll(Path file) throws Exception {
        List<RequestSample> all = new ArrayList<>();
        try (RequestSampleReader reader = RequestSampleReader.open(file)) {
            reader.forEachRemaining(all::add);
        }
        return all;
    }

    private static RequestSample sample(int i) {
        return new RequestSample(i, i + 1, i + 2, 0, 0, Outcome.OK, 200, i, Map.of("service", (long) i));
    }
}

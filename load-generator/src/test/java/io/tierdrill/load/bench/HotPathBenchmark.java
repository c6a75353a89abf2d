package io.tierdrill.load.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tierdrill.load.http.Identity;
import io.tierdrill.load.http.QuickAnswer;
import io.tierdrill.load.http.RequestEncoder;
import io.tierdrill.load.http.ResponseParser;
import io.tierdrill.load.record.LoopRecord;
import io.tierdrill.load.record.RunRecord;
import io.tierdrill.load.record.SecondWatcher;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is done for each request, one part at a time. Run by {@code bench/jmh}; compiled with the tests. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HotPathBenchmark {
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nDate: Mon, 23 Nov 2026 21:50:37 GMT\r\n"
                    + "Content-Type: text/plain\r\nContent-Length: 3\r\nConnection: keep-alive\r\n\r\nok\n";

    private final RequestRecord request = new RequestRecord(
            0,
            "83.149.9.216",
            "",
            "",
            "http",
            "GET",
            "semicomplete.com",
            "/presentations/logstash-monitorama-2013/images/kibana-search.png",
            List.of(
                    new Header("Referer", "http://semicomplete.com/presentations/logstash-monitorama-2013/"),
                    new Header("User-Agent", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_1) Safari/537.36")),
            Body.none(),
            Optional.empty());
    private final RequestEncoder encoder = new RequestEncoder("127.0.0.1:8080", Identity.none());
    private final ByteBuf out = Unpooled.directBuffer(1_024);
    private final ByteBuffer in = ByteBuffer.allocateDirect(1_024).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuf view = Unpooled.wrappedBuffer(in);
    private final QuickAnswer quick = new QuickAnswer();
    private final ResponseParser parser = new ResponseParser();
    private LoopRecord record;
    private long now;

    @Setup
    public void prepare() throws IOException {
        in.put(0, ANSWER.getBytes(StandardCharsets.US_ASCII));
        record = new RunRecord(1, Optional.empty(), SecondWatcher.none()).loop(0);
    }

    @Benchmark
    public int encodeRequest() {
        out.clear();
        encoder.write(request, out);
        return out.writerIndex();
    }

    @Benchmark
    public long readAnswerWhereItLies() {
        return quick.read(in, 0, ANSWER.length(), false);
    }

    @Benchmark
    public Object readAnswerStepByStep() {
        view.setIndex(0, ANSWER.length());
        parser.begin(false);
        return parser.read(view);
    }

    @Benchmark
    public void keepRecord() {
        now += 10_000;
        record.sent(now, now + 20);
        record.ended(now, now + 20, 0, now + 60_000 + (now & 0xffff), Outcome.OK, 200, 3);
    }
}

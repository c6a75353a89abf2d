package io.tierdrill.load.prepare;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tierdrill.load.check.Expectations;
import io.tierdrill.load.http.RequestEncoder;
import io.tierdrill.load.order.Marks;
import io.tierdrill.load.order.Order;
import io.tierdrill.load.source.SourceAddresses;
import io.tierdrill.model.trace.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Encodes requests ahead into memory outside the heap, for one or more loops: chunk after chunk goes to the loop whose
 * users it holds, and comes back when its requests are sent. Memory is bounded by the chunks; a request that does not
 * fit into one gets its own and takes the place of one meanwhile.
 */
public final class Encoding extends Ahead {
    private static final int CHUNK = 256 << 10;
    /** More cannot be announced in one piece; bodies nobody kept are not counted here. */
    private static final int LARGEST = 1 << 30;

    private final RequestEncoder encoder;
    private final Lanes lanes;
    private final Optional<Marks> marks;
    private final Optional<Expectations> expectations;
    private final boolean tellsClients;
    private final List<Road> roads = new ArrayList<>();
    private int dealt;

    /**
     * @param order whether requests of a user wait for each other; with several loops all of a user go to the same
     * @param expectations of answers, if anything is expected
     * @param tellsClients whether the sender asks for {@link Encoded#client}
     * @param loops who sends, each on a thread of its own
     * @param memory for all of them, in bytes
     */
    public Encoding(
            Plan plan,
            RequestEncoder encoder,
            Lanes lanes,
            Order order,
            Optional<Expectations> expectations,
            boolean tellsClients,
            int loops,
            long memory) {
        super(plan);
        this.encoder = encoder;
        this.lanes = lanes;
        this.expectations = expectations;
        this.tellsClients = tellsClients;
        this.marks = order == Order.USER ? Optional.of(new Marks()) : Optional.empty();
        int chunks = (int) Math.max(2, memory / CHUNK / loops);
        for (int i = 0; i < loops; i++) roads.add(new Road(chunks));
        start();
    }

    /** What a loop sends, counted from 0. */
    public Upcoming<Encoded> upcoming(int loop) {
        return roads.get(loop);
    }

    @Override
    void prepare(Plan from) throws InterruptedException {
        while (from.next()) {
            RequestRecord request = from.request();
            if (marks.isPresent()) marks.get().look(request, from.dueNanos());
            road(request).add(from.dueNanos(), request);
        }
    }

    /**
     * By user, whose requests wait for each other; where none does, by lane, which all the same is nobody's in a pool. Never
     * the bits that choose a place in a table.
     */
    private Road road(RequestRecord request) {
        if (roads.size() == 1) return roads.get(0);
        long whose = marks.isPresent() ? Lanes.userOf(request) : lanes.of(request);
        if (whose == Lanes.ALL) return roads.get((dealt++ & Integer.MAX_VALUE) % roads.size());
        return roads.get((int) Long.remainderUnsigned(whose >>> 32, roads.size()));
    }

    private int flags(RequestRecord request, boolean upgrades) {
        int flags = request.method().equals("HEAD") ? Chunk.TO_HEAD : 0;
        if (upgrades) flags |= Chunk.UPGRADES;
        return marks.isPresent() && marks.get().waits() ? flags | Chunk.WAITS : flags;
    }

    @Override
    void finish() throws InterruptedException {
        for (Road road : roads) road.finish();
    }

    /** To one loop. */
    private final class Road implements Upcoming<Encoded> {
        private final int most;
        private final BlockingQueue<Chunk> full;
        private final BlockingQueue<Chunk> free;
        private final Chunk end = new Chunk(0, chunk -> {});
        /** The preparing thread's. */
        private int made;

        private Chunk filling;
        /** The sending thread's. */
        private final Encoded shown = new Encoded();

        private Chunk reading;
        private int position;

        Road(int chunks) {
            most = chunks;
            full = new ArrayBlockingQueue<>(chunks + 1);
            free = new ArrayBlockingQueue<>(chunks);
        }

        private void add(long due, RequestRecord request) throws InterruptedException {
            if (filling == null) filling = fresh();
            if (write(filling, due, request)) return;
            if (filling.end > 0) {
                publish();
                filling = fresh();
                if (write(filling, due, request)) return;
            }
            alone(due, request);
        }

        private Chunk fresh() throws InterruptedException {
            Chunk chunk = free.poll();
            if (chunk == null && made < most) {
                made++;
                chunk = new Chunk(CHUNK, free::add);
            }
            if (chunk == null) {
                for (Road road : roads) road.publish(); // Nobody goes short because another's memory is full.
                full();
                chunk = free.take();
            }
            chunk.begin();
            return chunk;
        }

        private void publish() throws InterruptedException {
            if (filling == null || filling.end == 0) return;
            full.put(filling);
            filling = null;
        }

        /** A chunk as large as the request, in the place of the one that was too small. */
        private void alone(long due, RequestRecord request) throws InterruptedException {
            Chunk place = filling;
            ByteBuf whole = Unpooled.buffer(CHUNK, LARGEST);
            encoder.write(request, whole);
            Chunk own = new Chunk(Chunk.HEADER + whole.readableBytes() + 8, done -> free.add(place));
            own.begin();
            if (!write(own, due, request)) throw new IllegalStateException("a request that has two sizes");
            filling = own;
            publish();
        }

        private boolean write(Chunk chunk, long due, RequestRecord request) {
            int at = chunk.end;
            if (at + Chunk.HEADER >= chunk.bytes.capacity()) return false;
            boolean upgrades;
            try {
                chunk.view.setIndex(at + Chunk.HEADER, at + Chunk.HEADER);
                upgrades = encoder.write(request, chunk.view);
            } catch (IndexOutOfBoundsException isFull) {
                return false;
            }
            int to = chunk.view.writerIndex();
            chunk.bytes
                    .putLong(at + Chunk.DUE, due)
                    .putLong(at + Chunk.LANE, lanes.of(request))
                    .putLong(
                            at + Chunk.FILLER,
                            request.body().size() - request.body().bytes().length)
                    .putInt(at + Chunk.LENGTH, to - at - Chunk.HEADER)
                    .putLong(at + Chunk.USER, Lanes.userOf(request))
                    .putLong(at + Chunk.ENDS, marks.isPresent() ? marks.get().endsNanos() : due)
                    .putInt(at + Chunk.FLAGS, flags(request, upgrades))
                    .putLong(
                            at + Chunk.CODE,
                            expectations.isPresent() ? expectations.get().code(request) : 0)
                    .putLong(
                            at + Chunk.EXPECTED,
                            expectations.isPresent() ? expectations.get().length(request) : 0)
                    .putLong(at + Chunk.CLIENT, tellsClients ? SourceAddresses.number(request.client()) : 0);
            chunk.end = to + 7 & -8;
            return true;
        }

        private void finish() throws InterruptedException {
            publish();
            full.put(end);
        }

        @Override
        public boolean next() {
            if (reading != null) {
                if (reading == end) return false;
                position += Chunk.HEADER + shown.length() + 7 & -8;
                if (position < reading.end) {
                    shown.at = position;
                    return true;
                }
                reading.letGo();
            }
            reading = full.poll();
            if (reading == null || reading == end) return false;
            position = 0;
            shown.chunk = reading;
            shown.at = 0;
            return true;
        }

        @Override
        public boolean ended() {
            if (reading == end) throwIfBroken();
            return reading == end;
        }

        @Override
        public long dueNanos() {
            return reading.bytes.getLong(position + Chunk.DUE);
        }

        @Override
        public Encoded request() {
            return shown;
        }
    }
}

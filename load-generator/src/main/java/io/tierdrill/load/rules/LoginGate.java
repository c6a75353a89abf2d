package io.tierdrill.load.rules;

import io.tierdrill.load.match.Answer;
import io.tierdrill.load.match.Take;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Stands before the sender: a user's first request waits here for the user's login, and so do those behind it. The wait
 * is the target's doing; it counts in their latency. A login that fails lets them through as they are, and is not tried
 * again within a second. A request whose answer says that the token has run out is not repeated: the next one logs in.
 *
 * <pre>
 *   STRANGER ── first request ──> LOGGING IN ── token ──> KNOWN
 *       ^                             │                     │
 *       └──────── failed, 1 s ────────┴──── 401 ────────────┘
 * </pre>
 *
 * Belongs to the sender's thread.
 */
public final class LoginGate {
    static final int MOST_HELD = 200_000;
    static final long PAUSE_NANOS = 1_000_000_000L;

    private final LoginConfig config;
    private final Sessions sessions;
    private final NanoClock clock;
    private final Out out;
    private final Take.Finder finder;
    private final UserState everybody;
    private final Template path;
    private final Template body;
    private final Map<String, Template> headers = new LinkedHashMap<>();
    private final UnaryOperator<String> bodyForm;
    /** Logins under way, by the very request. */
    private final Map<RequestRecord, UserState> underWay = new IdentityHashMap<>();
    /** Whose login has just ended and whose requests may go on. */
    private Optional<UserState> ended = Optional.empty();

    private int held;

    /** Where requests go from here. */
    public interface Out {
        /** @param actedNanos when it came here; before now where it had to wait */
        void send(RequestRecord request, long dueNanos, long actedNanos, long nowNanos);
    }

    /** A request that waits. */
    record Held(RequestRecord request, long dueNanos, long actedNanos) {}

    /** @param config with a login */
    public LoginGate(RulesConfig config, Sessions sessions, NanoClock clock, Out out) {
        this.config = config.login().orElseThrow();
        this.sessions = sessions;
        this.clock = clock;
        this.out = out;
        finder = this.config.take().finder();
        everybody = sessions.everybody();
        path = new Template(this.config.path());
        body = new Template(this.config.body());
        this.config.headers().forEach((name, text) -> headers.put(name, new Template(text)));
        bodyForm = bodyForm(this.config.headers());
    }

    private static UnaryOperator<String> bodyForm(Map<String, String> headers) {
        String type = headers.entrySet().stream()
                .filter(h -> h.getKey().equalsIgnoreCase("content-type"))
                .map(h -> h.getValue().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
        if (type.contains("json")) return Template::json;
        return type.contains("urlencoded") ? Template::url : value -> value;
    }

    private UserState state(RequestRecord request) {
        return config.once() ? everybody : sessions.of(request);
    }

    /** Sends the request, or keeps it until its user is logged in. */
    public void send(RequestRecord request, long dueNanos, long nowNanos) {
        UserState user = state(request);
        boolean pass = user.token.isPresent() || !user.loggingIn && nowNanos < user.nextLoginNanos;
        if (pass || held >= MOST_HELD) {
            out.send(request, dueNanos, nowNanos, nowNanos);
            return;
        }
        held++;
        user.held.add(new Held(request, dueNanos, nowNanos));
        if (user.loggingIn) return;
        user.loggingIn = true;
        RequestRecord login = login(request);
        underWay.put(login, user);
        out.send(login, dueNanos, nowNanos, nowNanos);
    }

    private RequestRecord login(RequestRecord first) {
        Function<String, Optional<String>> facts = name -> Rewriter.fact(first, name);
        List<Header> lines = new ArrayList<>();
        headers.forEach((name, text) ->
                lines.add(new Header(name, text.fill(facts, Template::plain).orElseThrow())));
        byte[] content = body.fill(facts, bodyForm).orElseThrow().getBytes(StandardCharsets.UTF_8);
        return new RequestRecord(
                first.offsetNanos(),
                first.client(),
                first.connection(),
                first.user(),
                first.scheme(),
                config.method(),
                config.host().orElse(first.authority()),
                Requests.origin(path.fill(facts, Template::url).orElseThrow()),
                lines,
                Body.of(content),
                Optional.empty());
    }

    /** Whether it is a login of ours. */
    public boolean isLogin(RequestRecord request) {
        return !underWay.isEmpty() && underWay.containsKey(request);
    }

    /** Whether the token stands in the body of the login's answer. */
    public boolean wantsBody() {
        return config.take().needsBody();
    }

    /** The token the request's user has; nothing for a login itself. */
    public Optional<String> token(RequestRecord request) {
        return isLogin(request) ? Optional.empty() : state(request).token;
    }

    /**
     * An answer to a request that was not a login.
     *
     * @param used the token it was sent with
     */
    public void answered(RequestRecord request, Optional<String> used, int status) {
        UserState user = state(request);
        if (used.isPresent() && config.isAgain(status) && user.token.equals(used)) user.token = Optional.empty();
    }

    /**
     * A login has ended.
     *
     * @param answer empty where there was none
     * @param what became of it otherwise, in words
     */
    public void loginEnded(RequestRecord login, Optional<Answer> answer, String what) {
        UserState user = underWay.remove(login);
        user.loggingIn = false;
        user.nextLoginNanos = clock.nanos() + PAUSE_NANOS;
        user.token = answer.filter(a -> a.status() < 400).flatMap(finder::find);
        if (user.token.isPresent()) sessions.login().applied();
        else
            sessions.login()
                    .missed(Sessions.line(login) + " "
                            + answer.map(a -> a.status() + ": no " + config.take())
                                    .orElse(what));
        ended = Optional.of(user);
    }

    /**
     * Whether the sample that comes now is that of a login, which is no request of the schedule; if so, those that waited
     * for it go on.
     */
    public boolean swallowsSample() {
        if (ended.isEmpty()) return false;
        UserState user = ended.get();
        ended = Optional.empty();
        List<Held> waiting = new ArrayList<>(user.held);
        user.held.clear();
        held -= waiting.size();
        long now = clock.nanos();
        for (Held h : waiting) out.send(h.request(), h.dueNanos(), h.actedNanos(), now);
        return true;
    }

    /** Requests that wait now. */
    public int held() {
        return held;
    }
}

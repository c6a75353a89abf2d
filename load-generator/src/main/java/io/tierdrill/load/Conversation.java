package io.tierdrill.load;

import io.netty.buffer.ByteBuf;
import io.tierdrill.load.check.AnswerCheck;
import io.tierdrill.load.check.BodyReader;
import io.tierdrill.load.check.CheckConfig;
import io.tierdrill.load.check.CheckResult;
import io.tierdrill.load.check.CheckTally;
import io.tierdrill.load.check.Expectations;
import io.tierdrill.load.http.Dialogue;
import io.tierdrill.load.loop.Sender;
import io.tierdrill.load.match.Answer;
import io.tierdrill.load.prepare.Planned;
import io.tierdrill.load.rules.LoginGate;
import io.tierdrill.load.rules.Rewriter;
import io.tierdrill.load.rules.RulesConfig;
import io.tierdrill.load.rules.Sessions;
import io.tierdrill.load.wire.HttpSender;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.Checks;
import io.tierdrill.model.run.RuleReport;
import io.tierdrill.model.run.RuleUse;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rules and checks of one run, where they meet the sender: what is changed ahead of time ({@link #rewritten}), what goes
 * through the login ({@link #around}), and what is told of each exchange ({@link #open}). A run without rules and checks
 * has none.
 *
 * <p>The schedule belongs to the thread that prepares, the exchanges to the sender's; {@link #report} and
 * {@link #checks} are asked when both have ended.
 */
final class Conversation implements Dialogue {
    /** Memory for the bodies of answers under way. */
    private static final long BODIES = 64L << 20;

    private static final int MOST_HEADERS = 200;

    private final RulesConfig rules;
    private final Rewriter rewriter;
    private final Sessions sessions;
    private final NanoClock clock;
    private final Optional<Expectations> expectations;
    private final List<CheckTally> tallies = new ArrayList<>();
    private final Optional<AnswerCheck> check;
    private final boolean readsBodies;
    private final BodyReader.Room room = new BodyReader.Room(BODIES);
    private Optional<LoginGate> gate = Optional.empty();
    private long unread;
    private String firstUnread = "";

    private Conversation(RulesConfig rules, Optional<CheckConfig> checks, NanoClock clock)
            throws IOException, BadInputException {
        this.rules = rules;
        this.clock = clock;
        rewriter = Rewriter.ahead(rules);
        sessions = new Sessions(rules);
        expectations = checks.map(Expectations::new);
        readsBodies = checks.filter(CheckConfig::needsBodies).isPresent();
        Answer.warmUp(); // Takes some hundred milliseconds the first time, which the first request would be late by.
        check = expectations.isPresent() ? Optional.of(new AnswerCheck(expectations.get(), tally())) : Optional.empty();
    }

    /** What is expected of answers, for a sender that checks status and length by itself; see {@link #tally}. */
    Optional<Expectations> expectations() {
        return expectations;
    }

    /** Counts for one more loop, before it starts. */
    CheckTally tally() {
        CheckTally tally = new CheckTally(expectations.orElseThrow());
        tallies.add(tally);
        return tally;
    }

    /** One where there is anything to change or to check. */
    static Optional<Conversation> of(RulesConfig rules, Optional<CheckConfig> checks, NanoClock clock)
            throws IOException, BadInputException {
        boolean silent = rules.equals(RulesConfig.none()) && checks.isEmpty();
        return silent ? Optional.empty() : Optional.of(new Conversation(rules, checks, clock));
    }

    /** What of it only a sender that reads answers can do, in a word; nothing where any sender will do. */
    Optional<String> reason() {
        if (rules.login().isPresent()) return Optional.of("a login");
        if (rules.readsAnswers()) return Optional.of("values taken from answers");
        return readsBodies ? Optional.of("checks of headers or bodies") : Optional.empty();
    }

    /** The schedule with everything changed that needs no answer. */
    static Schedule rewritten(Optional<Conversation> talk, Schedule schedule) {
        boolean idle = talk.isEmpty() || talk.get().rewriter.isIdle();
        return idle ? schedule : new RewrittenSchedule(schedule, talk.get().rewriter);
    }

    /** What a sender that reads answers is to tell; nothing where nobody listens. */
    static Optional<Dialogue> dialogue(Optional<Conversation> talk) {
        return talk.filter(t -> t.rules.readsAnswers() || t.check.isPresent()).map(t -> t);
    }

    /** The sender with the login before it, where there is one. Asked once, before the first request. */
    static Sender<Planned> around(Optional<Conversation> talk, HttpSender sender) {
        if (talk.isEmpty() || talk.get().rules.login().isEmpty()) return sender;
        Conversation t = talk.get();
        t.gate = Optional.of(new LoginGate(t.rules, t.sessions, t.clock, sender::sendHeld));
        return new GatedSender(sender, t.gate.get());
    }

    /** Whether the sample that has come is none of the schedule's. */
    boolean swallowsSample() {
        return gate.isPresent() && gate.get().swallowsSample();
    }

    @Override
    public Exchange open(RequestRecord request) {
        return new Turn(request);
    }

    /** What became of the rules. */
    Optional<RuleReport> report() {
        List<RuleUse> uses = new ArrayList<>(rewriter.uses());
        uses.addAll(sessions.uses());
        List<String> warnings = new ArrayList<>();
        for (RuleUse use : uses) {
            if (use.applied() == 0) warnings.add(use.rule() + " never applied");
            if (use.missed() > 0)
                warnings.add(use.rule() + " missed a value " + use.missed() + " times, first at " + use.firstMiss());
        }
        if (sessions.forgotten() > 0)
            warnings.add(sessions.forgotten() + " users were forgotten to keep within the memory for them");
        if (unread > 0)
            warnings.add(unread + " bodies could not be read (larger than 1 MiB, or not plain, gzip or deflate), first "
                    + firstUnread);
        check.ifPresent(c -> warnings.addAll(c.warnings()));
        return uses.isEmpty() && warnings.isEmpty() ? Optional.empty() : Optional.of(new RuleReport(uses, warnings));
    }

    /** Whether answers were as they should be; keeps them for a later run where that is asked for. */
    Optional<Checks> checks() throws IOException {
        if (check.isPresent()) check.get().finish();
        return expectations.map(e -> CheckResult.of(e, tallies));
    }

    /** One request and its answer. */
    private final class Turn implements Exchange {
        private final RequestRecord request;
        private final boolean login;
        private final long code;
        private final long length;
        private final boolean wantsBody;
        private final boolean wantsHeaders;
        private Optional<String> token = Optional.empty();
        private RequestRecord sent;
        private int status;
        private List<Header> headers = List.of();
        private Optional<BodyReader> body = Optional.empty();

        Turn(RequestRecord request) {
            this.request = request;
            this.sent = request;
            login = gate.isPresent() && gate.get().isLogin(request);
            code = expectations.isPresent() && !login ? expectations.get().code(request) : 0;
            length = expectations.isPresent() ? expectations.get().length(request) : 0;
            wantsBody = login
                    ? gate.get().wantsBody()
                    : sessions.wantsBody(request)
                            || check.isPresent() && check.get().wantsBody(code);
            wantsHeaders = wantsBody
                    || login
                    || sessions.wantsHeaders(request)
                    || check.isPresent() && check.get().wantsHeaders(code);
        }

        @Override
        public RequestRecord request() {
            if (!rules.readsAnswers()) return request;
            if (gate.isPresent()) token = gate.get().token(request);
            sent = login ? sessions.outgoingLogin(request) : sessions.outgoing(request, token);
            return sent;
        }

        @Override
        public void head(int newStatus) {
            status = newStatus;
            if (wantsHeaders) headers = new ArrayList<>();
            if (wantsBody) body = Optional.of(new BodyReader(room));
        }

        @Override
        public void header(String name, String value) {
            if (wantsHeaders && headers.size() < MOST_HEADERS) headers.add(new Header(name, value.strip()));
        }

        @Override
        public void body(ByteBuf bytes, int length) {
            if (body.isPresent()) body.get().add(bytes, length);
        }

        @Override
        public void end(Outcome outcome, int finalStatus, long bodyBytes) {
            boolean whole = outcome == Outcome.OK || outcome == Outcome.SERVER_ERROR;
            if (whole) answered(bodyBytes);
            else if (login) gate.get().loginEnded(request, Optional.empty(), outcome.word());
            body.ifPresent(BodyReader::release);
        }

        private void answered(long bodyBytes) {
            Optional<byte[]> content = content(bodyBytes);
            Answer answer = new Answer(status, headers, content.orElse(new byte[0]));
            sessions.answered(request, answer);
            if (login) {
                gate.get().loginEnded(request, Optional.of(answer), "");
                return;
            }
            gate.ifPresent(g -> g.answered(request, token, status));
            if (check.isPresent())
                check.get().ended(request, sent, code, length, bodyBytes, answer, content.isPresent());
        }

        private Optional<byte[]> content(long bodyBytes) {
            if (body.isEmpty()) return Optional.empty();
            Answer head = new Answer(status, headers, new byte[0]);
            Optional<byte[]> content =
                    body.get().content(head.header("content-encoding").orElse(""));
            if (content.isEmpty() && unread++ == 0)
                firstUnread = request.method() + " " + request.path() + ", " + bodyBytes + " bytes";
            return content;
        }
    }
}

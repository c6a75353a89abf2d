package io.tierdrill.load.rules;

import io.tierdrill.load.match.Answer;
import io.tierdrill.model.run.RuleUse;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What users learn from their answers and say in their next requests: cookies, values that correlate, tokens. Memory is
 * bounded: {@value #MOST_USERS} users and {@value #MOST_CHARACTERS} characters. Belongs to the sender's thread; the
 * counts may be read by any.
 */
public final class Sessions {
    static final int MOST_USERS = 200_000;
    static final long MOST_CHARACTERS = 64L << 20;

    private static final int LONGEST_LINE = 200;

    private final RulesConfig config;
    private final List<Correlation> correlations = new ArrayList<>();
    private final Rewriter rewriter;
    private final RuleCount cookies = new RuleCount("cookies");
    private final RuleCount login = new RuleCount("login");
    private final UserMemory users;

    public Sessions(RulesConfig config) {
        this(config, MOST_USERS, MOST_CHARACTERS);
    }

    Sessions(RulesConfig config, int mostUsers, long mostCharacters) {
        this.config = config;
        for (CorrelationRule rule : config.correlate())
            correlations.add(new Correlation(rule, new RuleCount("correlate[" + correlations.size() + "]")));
        rewriter = Rewriter.whenSent(config);
        users = new UserMemory(mostUsers, mostCharacters, () -> new UserState(correlations.size()));
    }

    /** Who sends it: the recorded user, or the client where the trace knows none. */
    static String userOf(RequestRecord request) {
        return request.user().isEmpty() ? request.client() : request.user();
    }

    /** A request in a message, without what could garble it. */
    static String line(RequestRecord request) {
        String path = request.path();
        return Texts.visible(request.method()) + " "
                + Template.plain(path.length() > LONGEST_LINE ? path.substring(0, LONGEST_LINE) + "..." : path);
    }

    UserState of(RequestRecord request) {
        return users.of(userOf(request));
    }

    /** State that everybody shares, for a login once for all. */
    UserState everybody() {
        return new UserState(0);
    }

    RuleCount login() {
        return login;
    }

    /**
     * The request as this user sends it now.
     *
     * @param token what the login gave, if anything
     */
    public RequestRecord outgoing(RequestRecord request, Optional<String> token) {
        UserState user = of(request);
        RequestRecord changed = known(request, user);
        changed = rewriter.apply(changed, name -> value(request, user, token, name));
        users.count(userOf(request), user);
        return changed;
    }

    /** A login as this user sends it now: with cookies, and without rules, which are for what was recorded. */
    public RequestRecord outgoingLogin(RequestRecord login) {
        return known(login, of(login));
    }

    private RequestRecord known(RequestRecord request, UserState user) {
        RequestRecord changed = request;
        for (int i = 0; i < correlations.size(); i++)
            changed = correlations.get(i).apply(changed, user.pairings[i]);
        return config.keepCookies() && !user.jar.isEmpty() ? withCookies(changed, user.jar) : changed;
    }

    private Optional<String> value(RequestRecord request, UserState user, Optional<String> token, String name) {
        if (config.login().isPresent() && config.login().get().as().equals(name)) return token;
        for (int i = 0; i < correlations.size(); i++)
            if (correlations.get(i).rule.name().equals(name)) return user.pairings[i].newest();
        return Rewriter.fact(request, name);
    }

    private RequestRecord withCookies(RequestRecord request, CookieJar jar) {
        Optional<String> recorded = request.headers().stream()
                .filter(h -> h.name().equalsIgnoreCase("cookie"))
                .map(Header::value)
                .reduce((one, more) -> one + "; " + more); // HTTP/2 cuts the header into pairs (RFC 9113, 8.2.3).
        Optional<String> now = jar.header(recorded, request.authority(), request.path());
        if (now.equals(recorded)) return request;
        cookies.applied();
        List<Header> headers = new ArrayList<>(request.headers());
        if (now.isPresent()) Requests.setHeader(headers, "Cookie", now.get());
        else headers.removeIf(h -> h.name().equalsIgnoreCase("cookie"));
        return Requests.changed(request, request.authority(), request.path(), headers);
    }

    /** Whether anything is to be learned from the answer's body. */
    public boolean wantsBody(RequestRecord request) {
        for (Correlation c : correlations)
            if (c.rule.take().needsBody() && c.rule.from().matches(request)) return true;
        return false;
    }

    /** Whether anything is to be learned from the answer's headers. */
    public boolean wantsHeaders(RequestRecord request) {
        if (config.keepCookies()) return true;
        for (Correlation c : correlations) if (c.rule.from().matches(request)) return true;
        return false;
    }

    /** What the answer to this user's request teaches. */
    public void answered(RequestRecord request, Answer answer) {
        if (correlations.isEmpty() && !config.keepCookies()) return;
        UserState user = of(request);
        for (int i = 0; i < correlations.size(); i++) {
            Correlation c = correlations.get(i);
            if (c.rule.from().matches(request)) take(c, user.pairings[i], request, answer);
        }
        if (config.keepCookies())
            for (Header header : answer.headers())
                if (header.name().equalsIgnoreCase("set-cookie"))
                    user.jar.store(header.value(), request.authority(), request.path());
        users.count(userOf(request), user);
    }

    private static void take(Correlation c, Pairing pairing, RequestRecord request, Answer answer) {
        Optional<String> value = c.finder.find(answer);
        if (value.isPresent()) pairing.take(value.get());
        else
            c.count.missed(
                    c.count.neverMissed() ? line(request) + " " + answer.status() + ": no " + c.rule.take() : "");
    }

    /** What became of its rules so far. */
    public List<RuleUse> uses() {
        List<RuleUse> uses = new ArrayList<>(rewriter.uses());
        if (config.login().isPresent()) uses.add(login.use());
        for (Correlation c : correlations) uses.add(c.count.use());
        if (config.keepCookies()) uses.add(cookies.use());
        return uses;
    }

    /** Users of whom everything was forgotten to keep within the memory. */
    public long forgotten() {
        return users.forgotten();
    }
}

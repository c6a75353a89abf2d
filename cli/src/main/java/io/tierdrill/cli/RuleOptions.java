package io.tierdrill.cli;

import io.tierdrill.load.check.CheckConfig;
import io.tierdrill.load.rules.RulesConfig;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.config.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How requests are changed and answers are checked, for commands that send. */
final class RuleOptions {
    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "YAML with rewrite, login, correlate, cookies and check, as under 'load:' in a scenario.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--host", paramLabel = "HOST", description = "Send this as the host of every request.")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            description = "Set this header in every request. May be given again.")
    private List<String> headers = List.of();

    @Option(
            names = "--drop-header",
            paramLabel = "NAME",
            description = "Leave this header out of every request. May be given again.")
    private List<String> dropped = List.of();

    @Option(names = "--keep-cookies", description = "Send the cookies that the target sets instead of recorded ones.")
    private boolean keepCookies;

    @Option(names = "--check", description = "Hold the status of every answer against the recorded one.")
    private boolean check;

    @Option(names = "--keep-bodies", paramLabel = "FILE", description = "Keep the answers for a later --baseline.")
    private Optional<Path> keepBodies = Optional.empty();

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Hold every answer against the one that an earlier run kept.")
    private Optional<Path> baseline = Optional.empty();

    /** Puts them where the settings under {@code load} are read from. */
    void putInto(Map<String, Object> settings) throws BadInputException {
        RulesConfig rules = RulesConfig.none();
        Optional<CheckConfig> checks = check ? Optional.of(CheckConfig.ofStatus()) : Optional.empty();
        if (file.isPresent()) {
            Problems problems = new Problems();
            ConfigNode node = ConfigFile.read(file.get(), problems);
            Path folder = file.get().toAbsolutePath().getParent();
            rules = RulesConfig.from(node);
            if (node.has("check")) checks = Optional.of(CheckConfig.from(node.object("check"), folder));
            node.finish();
            problems.throwIfAny();
        }
        rules.putInto(settings);
        if (keepCookies) settings.put("cookies", "keep");
        addRule(settings);
        addChecks(settings, checks);
    }

    /** The options are one more rule, after those of the file. */
    private void addRule(Map<String, Object> settings) throws BadInputException {
        var rule = new LinkedHashMap<String, Object>();
        host.ifPresent(h -> rule.put("host", h));
        var changes = new LinkedHashMap<String, Object>();
        if (!headers.isEmpty()) changes.put("set", set());
        if (!dropped.isEmpty()) changes.put("remove", dropped);
        if (!changes.isEmpty()) rule.put("headers", changes);
        if (rule.isEmpty()) return;
        List<Object> all = new ArrayList<>();
        if (settings.get("rewrite") instanceof List<?> before) all.addAll(before);
        all.add(rule);
        settings.put("rewrite", all);
    }

    private Map<String, Object> set() throws BadInputException {
        var set = new LinkedHashMap<String, Object>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1)
                throw new BadInputException(new Problem(
                        "--header",
                        "",
                        "cannot use \"" + header + "\"",
                        "Allowed: 'Name: value', such as 'X-Test: 1'."));
            set.put(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        return set;
    }

    private void addChecks(Map<String, Object> settings, Optional<CheckConfig> checks) {
        if (checks.isEmpty() && baseline.isEmpty() && keepBodies.isEmpty()) return;
        Map<String, Object> map = checks.map(CheckConfig::toMap).orElseGet(LinkedHashMap::new);
        baseline.ifPresent(b -> map.put("baseline", b.toAbsolutePath().toString()));
        keepBodies.ifPresent(k -> map.put("keep", k.toAbsolutePath().toString()));
        settings.put("check", map);
    }
}

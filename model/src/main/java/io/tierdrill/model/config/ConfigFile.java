package io.tierdrill.model.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads and writes YAML 1.2 files of settings. Stateless. */
public final class ConfigFile {
    /** No settings nest this deep; without a bound, a hostile file would exhaust the stack. */
    private static final int MOST_DEPTH = 64;

    private ConfigFile() {}

    /**
     * The outermost mapping of the file. Problems of form (no such file, not YAML, not a mapping, a key twice) are added
     * to {@code problems} and an empty node is returned.
     */
    public static ConfigNode read(Path path, Problems problems) {
        String name = path.toString();
        String help = "Give the path of a YAML file.";
        try {
            if (Files.isDirectory(path)) {
                problems.add(new Problem(name, "", "is a directory", help));
                return ConfigNode.empty(name, problems);
            }
            return parse(name, Files.readString(path, StandardCharsets.UTF_8), problems);
        } catch (NoSuchFileException missing) {
            problems.add(new Problem(name, "", "there is no such file", help));
        } catch (CharacterCodingException otherText) {
            problems.add(new Problem(name, "", "is not text in UTF-8", help));
        } catch (AccessDeniedException denied) {
            problems.add(new Problem(name, "", "may not be read by this user", help));
        } catch (IOException unreadable) {
            problems.add(new Problem(name, "", "cannot be read: " + unreadable.getMessage(), help));
        }
        return ConfigNode.empty(name, problems);
    }

    /** The same from text already in memory; {@code name} stands for the file in messages. */
    public static ConfigNode parse(String name, String yaml, Problems problems) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(name)
                    .setMaxAliasesForCollections(16)
                    .setAllowNonScalarKeys(true) // so that we say where such a key is
                    .build();
            Optional<Mark> tooDeep = tooDeep(settings, yaml);
            if (tooDeep.isEmpty()) return compose(name, settings, yaml, problems);
            problems.add(new Problem(
                    place(name, tooDeep),
                    "",
                    "more than " + MOST_DEPTH + " levels within each other",
                    "Settings nest a few levels deep."));
        } catch (MarkedYamlEngineException malformed) {
            problems.add(new Problem(
                    place(name, malformed.getProblemMark()), "", "not YAML: " + malformed.getProblem(), ""));
        } catch (YamlEngineException malformed) {
            problems.add(new Problem(name, "", "not YAML: " + malformed.getMessage(), ""));
        } catch (IllegalArgumentException noCharacter) {
            // The engine lets this one through where a text ends within an escape, or where that is beyond Unicode.
            problems.add(new Problem(
                    name,
                    "",
                    "not YAML: a text with an escape that is no character",
                    "Write \\u and four hexadecimal digits."));
        }
        return ConfigNode.empty(name, problems);
    }

    private static ConfigNode compose(String name, LoadSettings settings, String yaml, Problems problems) {
        Optional<Node> root = new Compose(settings).composeString(yaml);
        if (root.isEmpty()) return ConfigNode.empty(name, problems);
        YamlTree tree = new YamlTree(name, problems);
        if (root.get() instanceof MappingNode mapping)
            return new ConfigNode(
                    name, "", tree.place(mapping), tree.entries(mapping, ""), problems, new LinkedHashMap<>());
        problems.add(new Problem(tree.place(root.get()), "", "found no settings", "Write 'key: value' lines."));
        return ConfigNode.empty(name, problems);
    }

    /** Where the document nests too deep. Parsing takes no stack, composing does. */
    private static Optional<Mark> tooDeep(LoadSettings settings, String yaml) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(yaml)) {
            if (event instanceof CollectionStartEvent && ++depth > MOST_DEPTH) return event.getStartMark();
            if (event instanceof CollectionEndEvent) depth--;
        }
        return Optional.empty();
    }

    private static String place(String name, Optional<Mark> mark) {
        return mark.map(m -> name + ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1))
                .orElse(name);
    }

    /** YAML of nested maps, lists and scalars, in the order of the maps. */
    public static String write(Map<String, ?> settings) {
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .build())
                .dumpToString(settings);
    }
}

package io.tierdrill.model.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads and writes YAML 1.2 files of settings. Stateless. */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * The outermost mapping of the file. Problems of form (no such file, not YAML, not a mapping, a key twice) are added
     * to {@code problems} and an empty node is returned.
     */
    public static ConfigNode read(Path path, Problems problems) {
        String name = path.toString();
        try {
            return parse(name, Files.readString(path, StandardCharsets.UTF_8), problems);
        } catch (NoSuchFileException missing) {
            problems.add(new Problem(name, "", "there is no such file", "Give the path of a YAML file."));
        } catch (IOException unreadable) {
            problems.add(new Problem(
                    name,
                    "",
                    "cannot be read: " + unreadable.getClass().getSimpleName() + " " + unreadable.getMessage(),
                    "Give the path of a readable YAML file in UTF-8."));
        }
        return ConfigNode.empty(name, problems);
    }

    /** The same from text already in memory; {@code name} stands for the file in messages. */
    public static ConfigNode parse(String name, String yaml, Problems problems) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(name)
                    .setMaxAliasesForCollections(16)
                    .build();
            Optional<Node> root = new Compose(settings).composeString(yaml);
            if (root.isEmpty()) return ConfigNode.empty(name, problems);
            if (root.get() instanceof MappingNode mapping) {
                String where = place(name, mapping);
                return new ConfigNode(
                        name, "", where, entries(name, mapping, problems), problems, new LinkedHashMap<>());
            }
            problems.add(new Problem(place(name, root.get()), "", "found no settings", "Write 'key: value' lines."));
        } catch (MarkedYamlEngineException malformed) {
            String where = malformed
                    .getProblemMark()
                    .map(m -> name + ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1))
                    .orElse(name);
            problems.add(new Problem(where, "", "not YAML: " + malformed.getProblem(), ""));
        } catch (YamlEngineException malformed) {
            problems.add(new Problem(name, "", "not YAML: " + malformed.getMessage(), ""));
        }
        return ConfigNode.empty(name, problems);
    }

    /** YAML of nested maps, lists and scalars, in the order of the maps. */
    public static String write(Map<String, ?> settings) {
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .build())
                .dumpToString(settings);
    }

    private static Map<String, ConfigEntry> entries(String name, MappingNode mapping, Problems problems) {
        Map<String, ConfigEntry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String keyWhere = place(name, tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(new Problem(keyWhere, "", "a key must be one word", ""));
                continue;
            }
            ConfigEntry entry = entry(name, tuple.getValueNode(), keyWhere, problems);
            if (entries.putIfAbsent(key.getValue(), entry) != null)
                problems.add(new Problem(keyWhere, key.getValue(), "is written twice", "Keep one of them."));
        }
        return entries;
    }

    private static ConfigEntry entry(String name, Node node, String keyWhere, Problems problems) {
        String where = place(name, node);
        if (node instanceof MappingNode m) return new ConfigEntry.Mapping(entries(name, m, problems), where, keyWhere);
        if (node instanceof SequenceNode s) {
            List<ConfigEntry> items = new ArrayList<>();
            for (Node item : s.getValue()) items.add(entry(name, item, place(name, item), problems));
            return new ConfigEntry.Sequence(items, where, keyWhere);
        }
        return new ConfigEntry.Scalar(((ScalarNode) node).getValue(), where, keyWhere);
    }

    private static String place(String name, Node node) {
        return node.getStartMark()
                .map(m -> name + ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1))
                .orElse(name);
    }
}

package io.tierdrill.model.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Turns the nodes of a YAML document into entries that know their places. Used once, by one thread. */
final class YamlTree {
    private final String file;
    private final Problems problems;

    /** The nodes around the one being read: an alias may point back at one of them. */
    private final Deque<Node> around = new ArrayDeque<>();

    YamlTree(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The settings of the mapping at {@code path}. */
    Map<String, ConfigEntry> entries(MappingNode mapping, String path) {
        Map<String, ConfigEntry> entries = new LinkedHashMap<>();
        around.push(mapping);
        for (NodeTuple tuple : mapping.getValue()) {
            String keyWhere = place(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(new Problem(keyWhere, path, "a key must be one word", ""));
                continue;
            }
            String keyPath = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
            ConfigEntry entry = entry(tuple.getValueNode(), keyPath, keyWhere);
            if (entries.putIfAbsent(key.getValue(), entry) != null)
                problems.add(new Problem(keyWhere, keyPath, "is written twice", "Keep one of them."));
        }
        around.pop();
        return entries;
    }

    /** {@code file:line:column} of the node. */
    String place(Node node) {
        return node.getStartMark()
                .map(m -> file + ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1))
                .orElse(file);
    }

    private ConfigEntry entry(Node node, String path, String keyWhere) {
        String where = place(node);
        if (around.contains(node)) {
            problems.add(new Problem(where, path, "an alias that holds itself", "Write the settings out."));
            return new ConfigEntry.Mapping(Map.of(), where, keyWhere);
        }
        if (node instanceof MappingNode m) return new ConfigEntry.Mapping(entries(m, path), where, keyWhere);
        if (node instanceof SequenceNode s) return new ConfigEntry.Sequence(items(s, path), where, keyWhere);
        return new ConfigEntry.Scalar(((ScalarNode) node).getValue(), where, keyWhere);
    }

    private List<ConfigEntry> items(SequenceNode sequence, String path) {
        List<ConfigEntry> items = new ArrayList<>();
        around.push(sequence);
        for (Node item : sequence.getValue()) items.add(entry(item, path + "[" + items.size() + "]", place(item)));
        around.pop();
        return items;
    }
}

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
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads and writes YAML 1.2 files of settings. Stateless. */
public final class ConfigFile {
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
            Optional<Node> root = new Compose(settings).composeString(yaml);
            if (root.isEmpty()) return ConfigNode.empty(name, problems);
            YamlTree tree = new YamlTree(name, problems);
            if (root.get() instanceof MappingNode mapping)
                return new ConfigNode(
                        name, "", tree.place(mapping), tree.entries(mapping, ""), problems, new LinkedHashMap<>());
            problems.add(new Problem(tree.place(root.get()), "", "found no settings", "Write 'key: value' lines."));
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
}

package io.tierdrill.recorder.packets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One log of the independent analyser: rows of named columns, in the order of connections and of what they carried. */
final class AnalyserLog {
    private AnalyserLog() {}

    static List<Map<String, String>> read(Path file) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        String[] columns = null;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("#fields\t")) columns = line.substring(8).split("\t");
            else if (line.startsWith("#")) continue;
            else if (columns == null) columns = line.split("\t");
            else rows.add(row(columns, line.split("\t", -1)));
        }
        return sorted(rows);
    }

    private static Map<String, String> row(String[] columns, String[] values) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < columns.length; i++) row.put(columns[i], values[i]);
        return row;
    }

    /** Rows are written when something ends; requests count from when they begin. */
    private static List<Map<String, String>> sorted(List<Map<String, String>> rows) {
        Map<String, Integer> connections = new HashMap<>();
        for (Map<String, String> row : rows) connections.putIfAbsent(row.get("uid"), connections.size());
        rows.sort(Comparator.<Map<String, String>>comparingInt(r -> connections.get(r.get("uid")))
                .thenComparingInt(r -> Integer.parseInt(r.getOrDefault("trans_depth", "0"))));
        return rows;
    }
}

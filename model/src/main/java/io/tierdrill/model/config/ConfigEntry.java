package io.tierdrill.model.config;

import java.util.List;
import java.util.Map;

/** A value as it stands in the file: {@code where} is the value's own place, {@code keyWhere} that of its key. */
sealed interface ConfigEntry {
    String where();

    String keyWhere();

    /** In words, for messages. */
    String shape();

    record Scalar(String text, String where, String keyWhere) implements ConfigEntry {
        @Override
        public String shape() {
            return text.isEmpty() ? "nothing" : "\"" + text + "\"";
        }
    }

    record Mapping(Map<String, ConfigEntry> entries, String where, String keyWhere) implements ConfigEntry {
        @Override
        public String shape() {
            return "a mapping of settings";
        }
    }

    record Sequence(List<ConfigEntry> items, String where, String keyWhere) implements ConfigEntry {
        @Override
        public String shape() {
            return "a list";
        }
    }
}

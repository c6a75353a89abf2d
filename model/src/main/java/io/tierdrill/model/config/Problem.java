package io.tierdrill.model.config;

/**
 * One thing wrong with what the user wrote.
 *
 * @param where {@code file:line:column}, or the file, or the option
 * @param path the setting's full path, or empty
 * @param what what was found and what is wrong with it
 * @param help what is allowed and what to do; may be empty
 */
public record Problem(String where, String path, String what, String help) {

    @Override
    public String toString() {
        String head = where + ": " + (path.isEmpty() ? "" : path + ": ") + what;
        return help.isEmpty() ? head : head + System.lineSeparator() + "  " + help;
    }
}

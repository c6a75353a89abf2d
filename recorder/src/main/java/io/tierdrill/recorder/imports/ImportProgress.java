package io.tierdrill.recorder.imports;

/**
 * How far an import is; told every few thousand units.
 *
 * @param stage what is being done
 * @param units done in this stage
 * @param share of this stage that is done, 0 to 1; 0 while it is not known
 */
public record ImportProgress(Stage stage, long units, double share) {

    /** Units are first read and sorted, then written in order. */
    public enum Stage {
        READING,
        WRITING
    }
}

package io.tierdrill.recorder.packets;

/**
 * How far an import is.
 *
 * @param packets read
 * @param share of the files that is read, 0 to 1
 */
public record CaptureProgress(long packets, double share) {}

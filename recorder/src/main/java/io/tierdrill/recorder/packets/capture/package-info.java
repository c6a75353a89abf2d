/**
 * Capture files and live captures, frame by frame. {@link io.tierdrill.recorder.packets.capture.CaptureReader} is the
 * door; {@code PcapFrames} and {@code PcapngFrames} know the two formats, {@code ByteWindow} the bytes below them.
 */
package io.tierdrill.recorder.packets.capture;

package io.tierdrill.recorder.fuzz;

/** Feeds an input to a parser and checks what must hold whatever the input. */
@FunctionalInterface
interface Parser {
    /** Whatever is thrown is a finding; what the parser documents to throw is caught here. */
    void take(byte[] input) throws Exception;
}

package io.tierdrill.cli.architecture.broken.lb;

public final class Prints {
    void failure(Exception e) {
        System.out.println(e.getMessage());
        e.printStackTrace();
    }
}

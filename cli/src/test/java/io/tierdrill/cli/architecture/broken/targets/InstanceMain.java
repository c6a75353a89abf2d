package io.tierdrill.cli.architecture.broken.targets;

final class InstanceMain {
    void ready() {
        System.out.println("READY");
    }
}

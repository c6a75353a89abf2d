package io.tierdrill.lb.l3;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.lb.EchoService;
import io.tierdrill.lb.Raw;
import io.tierdrill.lb.RawServer;
import io.tierdrill.lb.Stacks;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.lb.hash.Ecmp;
import io.tierdrill.lb.hash.Flow;
import io.tierdrill.model.tier.TierKind;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

class L3ForwarderTest {

    @Test
    void sendsEveryFlowWhereTheHashPredicts() throws Exception {
        try (EchoService a = new EchoService("a");
                EchoService b = new EchoService("b");
                TierInstance l3 = Stacks.start(TierKind.L3, "seed: 99")) {
            l3.wire(List.of(a.address(), b.address()));
            for (int i = 0; i < 30; i++) {
                try (Socket socket = Raw.connect(l3.traffic())) {
                    InetSocketAddress from = (InetSocketAddress) socket.getLocalSocketAddress();
                    int member = Ecmp.member(new Flow(from, l3.traffic()).hash(99), 2);
                    RawServer.say(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                    assertThat(RawServer.head(socket))
                            .contains("x-service: " + List.of("a", "b").get(member) + "\r\n")
                            .contains("x-proxy-source: 127.0.0.1:" + from.getPort() + "\r\n");
                }
            }
        }
    }

    /** A router does not know that nobody listens; the client gets the reset of the host it was sent to. */
    @Test
    void keepsSendingToAnL4ThatIsGone() throws Exception {
        InetSocketAddress dead;
        try (RawServer server = new RawServer((socket, number) -> socket.close())) {
            dead = server.address();
        }
        try (EchoService a = new EchoService("a");
                TierInstance l3 = Stacks.start(TierKind.L3, "")) {
            l3.wire(List.of(a.address(), dead));
            int refused = 0;
            for (int i = 0; i < 200; i++) if (Raw.get(l3.traffic(), "/").equals("refused")) refused++;
            // Binomial with n = 200 and p = 1/2: the deviation is 7, five of them are 36.
            assertThat(refused).isBetween(64, 136);
        }
    }
}

package org.ergograph.notify.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.ergograph.alert.routing.ChannelPolicy;
import org.ergograph.outbound.CredentialSettings;
import org.ergograph.outbound.Credentials;
import org.ergograph.outbound.Deadlines;
import org.ergograph.outbound.ExchangeSettings;
import org.ergograph.outbound.OutboundExchanges;
import org.ergograph.outbound.OutboundPolicy;
import org.ergograph.outbound.OutboundSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.subethamail.smtp.AuthenticationHandler;
import org.subethamail.smtp.AuthenticationHandlerFactory;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** The mail channel against a real mail server with STARTTLS and AUTH. */
class MailTest {
    private static final char[] PASSWORD = "secret".toCharArray();
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    /** Whom the client trusts: {@code localhost} alone. */
    private static SSLContext trusted;

    private static SSLContext wrongName;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Queue<byte[]> mails = new ConcurrentLinkedQueue<>();
    private final OutboundSettings outbound =
            new OutboundSettings(OutboundPolicy.of(List.of("loopback")), Duration.ofSeconds(5), 10);
    private final OutboundExchanges exchanges =
            OutboundExchanges.of(outbound, new ExchangeSettings(10, 10), executor, scheduler);

    @BeforeAll
    static void certificates() throws Exception {
        trusted = context("localhost");
        wrongName = context("mail.example");
    }

    /** A certificate of this name that signs itself, and trust in it and nothing else. */
    private static SSLContext context(String name) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "mail",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("mail", store.getCertificate("mail"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    @AfterEach
    void stop() {
        exchanges.close();
        executor.shutdownNow();
        scheduler.shutdownNow();
    }

    private SMTPServer server(SSLContext identity) throws IOException {
        return server(settings -> settings.requireTLS().startTlsSocketFactory(socket -> layered(identity, socket)));
    }

    private SMTPServer server(UnaryOperator<SMTPServer.Builder> security) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        SMTPServer server = security.apply(SMTPServer.port(port)
                        .bindAddress(InetAddress.getLoopbackAddress())
                        .requireAuth()
                        .authenticationHandlerFactory(
                                new EasyAuthenticationHandlerFactory((user, password, context) -> {
                                    if (!user.equals("ergograph") || !password.equals("pass:word")) {
                                        throw new LoginFailedException();
                                    }
                                }))
                        .messageHandlerFactory(context -> new Picky()))
                .build();
        server.start();
        return server;
    }

    private static SSLSocket layered(SSLContext identity, Socket socket) throws IOException {
        SSLSocket tls = (SSLSocket) identity.getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        tls.setUseClientMode(false);
        return tls;
    }

    private Delivered send(int port, Target.Security security, String credential, Duration timeout, SSLContext trust)
            throws Exception {
        return send(port, security, credential, timeout, trust, List.of("ops@example.org"));
    }

    private Delivered send(
            int port,
            Target.Security security,
            String credential,
            Duration timeout,
            SSLContext trust,
            List<String> recipients)
            throws Exception {
        Credentials credentials = new Credentials(new CredentialSettings(
                (Path) null,
                reference -> Optional.ofNullable(Map.of("good", "ergograph:pass:word", "bad", "ergograph:wrong")
                        .get(reference))));
        Receivers receivers = new Receivers(
                exchanges, credentials, outbound, executor, new Deadlines(scheduler), trust.getSocketFactory());
        Target.Email target = new Target.Email(
                "localhost", port, security, "Ergograph <alerts@example.org>", recipients, credential, timeout);
        AlertMessage alert = AlertMessages.of("a", false, "2 > 1 & \r\nBcc: evil@example.org <script>");
        return receivers
                .send(new Channel(ChannelPolicy.of("mail"), target), AlertMessages.message(alert))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    @Test
    void mailArrivesOverTlsWithTextAndHtml() throws Exception {
        SMTPServer server = server(trusted);
        try {
            assertThat(send(server.getPort(), Target.Security.STARTTLS, "good", LONG, trusted))
                    .isInstanceOf(Delivered.Sent.class);
        } finally {
            server.stop();
        }
        assertThat(mails).hasSize(1);
        MimeMessage mail =
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mails.element()));
        assertThat(mail.getSubject()).isEqualTo("[FIRING] high: slow_tool");
        assertThat(mail.getMessageID()).isEqualTo("<message-1@example.org>");
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getHeader("Bcc")).isNull();
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat((String) parts.getBodyPart(0).getContent()).contains("Threshold: 2", "Link: https://");
        assertThat((String) parts.getBodyPart(1).getContent())
                .contains("&lt;script&gt;", "<th style=\"text-align:left\">Threshold</th><td>2</td>")
                .doesNotContain("<script>");
    }

    @Test
    void mailArrivesWhereTheServerSpeaksTlsFromTheStart() throws Exception {
        SMTPServer server = server(settings -> settings.serverSocketFactory(trusted));
        try {
            assertThat(send(server.getPort(), Target.Security.TLS, "good", LONG, trusted))
                    .isInstanceOf(Delivered.Sent.class);
            assertThat(send(server.getPort(), Target.Security.TLS, "good", LONG, wrongName))
                    .as("a server that this client does not trust")
                    .isInstanceOf(Delivered.Failed.class);
        } finally {
            server.stop();
        }
        assertThat(mails).hasSize(1);
    }

    @Test
    void serverThatNobodyVouchesForGetsNoPasswordAndNoMail() throws Exception {
        SMTPServer server = server(wrongName);
        try {
            assertThat(send(server.getPort(), Target.Security.STARTTLS, "good", LONG, trusted))
                    .isInstanceOf(Delivered.Failed.class)
                    .extracting(Delivered::detail)
                    .asString()
                    .contains("TLS");
        } finally {
            server.stop();
        }
        assertThat(mails).isEmpty();
    }

    @Test
    void serverWithACertificateOfAnotherNameGetsNoMail() throws Exception {
        SMTPServer server = server(wrongName);
        try {
            assertThat(send(server.getPort(), Target.Security.STARTTLS, "good", LONG, wrongName))
                    .isInstanceOf(Delivered.Failed.class);
        } finally {
            server.stop();
        }
        assertThat(mails).isEmpty();
    }

    @Test
    void wrongPasswordIsNotTriedAgain() throws Exception {
        SMTPServer server = server(trusted);
        try {
            assertThat(send(server.getPort(), Target.Security.STARTTLS, "bad", LONG, trusted))
                    .isInstanceOf(Delivered.Refused.class);
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "535 wrong, Refused, it will not know them later either",
        "454 temporary authentication failure, Failed, what it asks may be back later",
        "421 too many connections, Failed, it is only busy"
    })
    void loginThatFailsIsTriedAgainWhereTheServerSaysItIsForNow(String answer, String expected, String why)
            throws Exception {
        SMTPServer server = server(settings -> settings.requireTLS()
                .startTlsSocketFactory(socket -> layered(trusted, socket))
                .authenticationHandlerFactory(new Answering(answer)));
        try {
            assertThat(send(server.getPort(), Target.Security.STARTTLS, "good", LONG, trusted)
                            .getClass()
                            .getSimpleName())
                    .as(why)
                    .isEqualTo(expected);
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'ops@example.org', Sent, 'took it for 1 recipient'",
        "'gone@example.org, ops@example.org, full@example.org', Sent,"
                + " 'took it for 1 recipient and not for gone@example.org, full@example.org'",
        "'gone@example.org', Refused, 550",
        "'gone@example.org, full@example.org', Failed, ''"
    })
    void recipientThatIsGoneKeepsNothingFromTheOthers(String to, String expected, String said) throws Exception {
        SMTPServer server = server(trusted);
        try {
            Delivered delivered =
                    send(server.getPort(), Target.Security.STARTTLS, "good", LONG, trusted, List.of(to.split(", ")));
            assertThat(delivered.getClass().getSimpleName()).isEqualTo(expected);
            assertThat(delivered.detail()).contains(said).hasSizeLessThanOrEqualTo(200);
        } finally {
            server.stop();
        }
        assertThat(mails).hasSize(expected.equals("Sent") ? 1 : 0);
    }

    @Test
    void manyRecipientsThatAreGoneAreNamedAsFarAsThereIsRoom() throws Exception {
        List<String> to = new ArrayList<>(List.of("ops@example.org"));
        for (int i = 0; i < 49; i++) {
            to.add("gone" + i + "@a-rather-long-name.example.org");
        }
        SMTPServer server = server(trusted);
        try {
            assertThat(send(server.getPort(), Target.Security.STARTTLS, "good", LONG, trusted, to))
                    .isInstanceOf(Delivered.Sent.class)
                    .extracting(Delivered::detail)
                    .asString()
                    .contains("gone0@")
                    .hasSizeLessThanOrEqualTo(200);
        } finally {
            server.stop();
        }
    }

    /** Takes mail for all but those who are gone, and those whose mailbox is full for now. */
    private final class Picky implements MessageHandler {
        @Override
        public void from(String from) {}

        @Override
        public void recipient(String recipient) throws RejectException {
            if (recipient.startsWith("gone")) {
                throw new RejectException(550, "no such user");
            }
            if (recipient.startsWith("full")) {
                throw new RejectException(452, "mailbox is full");
            }
        }

        @Override
        public @Nullable String data(InputStream data) throws IOException {
            mails.add(data.readAllBytes());
            return null;
        }

        @Override
        public void done() {}
    }

    /** Answers the same to whoever logs in: a code and a text. */
    private record Answering(String answer) implements AuthenticationHandlerFactory, AuthenticationHandler {
        @Override
        public List<String> getAuthenticationMechanisms() {
            return List.of("PLAIN");
        }

        @Override
        public AuthenticationHandler create() {
            return this;
        }

        @Override
        public Optional<String> auth(String said, MessageContext context) throws RejectException {
            throw new RejectException(Integer.parseInt(answer.substring(0, 3)), answer.substring(4));
        }

        @Override
        public Object getIdentity() {
            return "nobody";
        }
    }

    @Test
    void serverThatSaysNothingIsGivenUpInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("localhost"))) {
            assertThat(send(silent.getLocalPort(), Target.Security.STARTTLS, "good", Duration.ofSeconds(1), trusted))
                    .isInstanceOf(Delivered.Failed.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ops@example.org, true",
        "Ops <ops@example.org>, true",
        "'a@example.org, b@example.org', false",
        "'a@example.org\r\nBcc: b@example.org', false",
        "ops, false",
        "'list: a@example.org;', false"
    })
    void addressIsOneMailAddress(String text, boolean expected) {
        assertThat(Receivers.isAddress(text)).isEqualTo(expected);
    }
}

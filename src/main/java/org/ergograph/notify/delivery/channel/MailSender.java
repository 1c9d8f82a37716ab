package org.ergograph.notify.delivery.channel;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.ergograph.outbound.CheckedSockets;
import org.ergograph.outbound.Credentials;
import org.jspecify.annotations.Nullable;

/** Sends one mail over SMTP, on the caller's thread. Thread-safe. */
final class MailSender {
    private static final int MAX_SHOWN = 200;
    private static final int SHORTEST_PERMANENT = 500;

    private final Credentials credentials;
    private final @Nullable SSLSocketFactory tls;

    /** @param tls makes the connections of TLS; null for the platform's, which trusts whom the platform trusts */
    MailSender(Credentials credentials, @Nullable SSLSocketFactory tls) {
        this.credentials = credentials;
        this.tls = tls;
    }

    /** @param sockets closed by whoever gave them once it takes too long */
    Delivered send(Target.Email target, Message message, CheckedSockets sockets) {
        String reference = target.credentialRef();
        Optional<String> secret = reference == null ? Optional.of("") : credentials.secret(reference);
        int colon = secret.orElse("").indexOf(':');
        if (secret.isEmpty() || (reference != null && colon < 1)) {
            return new Delivered.Failed("the channel's credential is missing or not of the form user:password", null);
        }
        Session session = Session.getInstance(properties(target, reference != null, sockets));
        try (Transport transport = session.getTransport("smtp")) {
            MimeMessage mail = mail(session, target, message);
            if (reference == null) {
                transport.connect();
            } else {
                transport.connect(
                        target.host(),
                        target.port(),
                        secret.get().substring(0, colon),
                        secret.get().substring(colon + 1));
            }
            transport.sendMessage(mail, mail.getAllRecipients());
            return new Delivered.Sent(taken(target.to().size()));
        } catch (MessagingException e) {
            return failure(e);
        }
    }

    private static String taken(int recipients) {
        return "the mail server took it for " + recipients + (recipients == 1 ? " recipient" : " recipients");
    }

    private Properties properties(Target.Email target, boolean authenticates, CheckedSockets sockets) {
        Properties properties = new Properties();
        String millis = Long.toString(target.timeout().toMillis());
        properties.put("mail.smtp.host", target.host());
        properties.put("mail.smtp.port", Integer.toString(target.port()));
        properties.put("mail.smtp.connectiontimeout", millis);
        properties.put("mail.smtp.timeout", millis);
        properties.put("mail.smtp.auth", Boolean.toString(authenticates));
        // One address that is gone must not keep the mail from all others.
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtp.socketFactory", sockets);
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        switch (target.security()) {
            case STARTTLS -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
                if (tls != null) {
                    properties.put("mail.smtp.ssl.socketFactory", tls);
                }
            }
            case TLS -> {
                properties.put("mail.smtp.ssl.enable", "true");
                properties.put("mail.smtp.ssl.socketFactory", new LayeredTls(sockets, tls));
            }
            case NONE -> {}
        }
        return properties;
    }

    private static MimeMessage mail(Session session, Target.Email target, Message message) throws MessagingException {
        MimeMessage mail = new IdentifiedMail(session, message.id(), target.from());
        mail.setFrom(address(target.from()));
        for (String to : target.to()) {
            mail.addRecipient(RecipientType.TO, address(to));
        }
        String utf8 = StandardCharsets.UTF_8.name();
        mail.setSubject(MailText.subject(message), utf8);
        mail.setSentDate(Date.from(message.at()));
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("X-Ergograph-Alert", Texts.line(message.first().alertId(), MAX_SHOWN));
        MimeBodyPart text = new MimeBodyPart();
        text.setText(MailText.plain(message), utf8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(MailText.html(message), utf8, "html");
        mail.setContent(new MimeMultipart("alternative", text, html));
        mail.saveChanges();
        return mail;
    }

    /**
     * One address and nothing else.
     *
     * @throws AddressException if it is none
     */
    static InternetAddress address(String text) throws AddressException {
        if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new AddressException("control character");
        }
        InternetAddress[] parsed = InternetAddress.parse(text, true);
        if (parsed.length != 1 || parsed[0].isGroup() || !parsed[0].getAddress().contains("@")) {
            throw new AddressException("not one address");
        }
        parsed[0].validate();
        return parsed[0];
    }

    static boolean isAddress(String text) {
        try {
            address(text);
            return true;
        } catch (AddressException e) {
            return false;
        }
    }

    private static Delivered failure(MessagingException failure) {
        if (failure instanceof SendFailedException some && count(some.getValidSentAddresses()) > 0) {
            // To try again would send it twice to those who have it.
            return new Delivered.Sent(Texts.line(
                    taken(count(some.getValidSentAddresses())) + " and not for " + refused(some), MAX_SHOWN));
        }
        boolean later = codes(failure).anyMatch(code -> code < SHORTEST_PERMANENT);
        if (failure instanceof AuthenticationFailedException) {
            return later
                    ? new Delivered.Failed("the mail server cannot check user and password now", null)
                    : new Delivered.Refused("the mail server does not accept user and password");
        }
        String said = Texts.line(said(failure), MAX_SHOWN);
        boolean permanent = failure instanceof SendFailedException
                || codes(failure).findAny().isPresent();
        return permanent && !later ? new Delivered.Refused(said) : new Delivered.Failed(said, null);
    }

    private static int count(Address @Nullable [] addresses) {
        return addresses == null ? 0 : addresses.length;
    }

    /** The addresses that did not get it. */
    private static String refused(SendFailedException failure) {
        return Stream.of(failure.getInvalidAddresses(), failure.getValidUnsentAddresses())
                .filter(Objects::nonNull)
                .flatMap(Stream::of)
                .map(address -> address instanceof InternetAddress internet ? internet.getAddress() : "" + address)
                .collect(Collectors.joining(", "));
    }

    /** The innermost reason that says anything. */
    private static String said(MessagingException failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof CheckedSockets.RefusedException) {
                return "the mail server's address: " + cause.getMessage();
            }
            if (cause instanceof SSLException) {
                return "no TLS connection could be agreed: " + cause.getMessage();
            }
            if (next(cause) == null) {
                return cause instanceof IOException
                        ? "" + cause.getMessage()
                        : answers(failure).findFirst().orElse("" + failure.getMessage());
            }
        }
        return "" + failure.getMessage();
    }

    private static @Nullable Throwable next(Throwable cause) {
        Throwable chained = cause instanceof MessagingException e ? e.getNextException() : null;
        return chained == null ? cause.getCause() : chained;
    }

    /** What the server answered instead of yes: one text for each recipient that it did not take, for instance. */
    private static Stream<String> answers(MessagingException failure) {
        Stream.Builder<String> answers = Stream.builder();
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            String text = cause.getMessage();
            if (text != null && text.matches("(?s)[45][0-9][0-9][ -].*")) {
                answers.add(text);
            }
        }
        return answers.build();
    }

    /** The codes that those begin with. */
    private static IntStream codes(MessagingException failure) {
        return answers(failure).mapToInt(answer -> Integer.parseInt(answer.substring(0, 3)));
    }

    /** Keeps its id over all attempts, so that a mail server or a reader can drop what came twice. */
    private static final class IdentifiedMail extends MimeMessage {
        private final String id;

        IdentifiedMail(Session session, String id, String from) {
            super(session);
            int at = from.lastIndexOf('@');
            this.id = "<" + id + "@" + from.substring(at + 1).replaceAll("[^A-Za-z0-9.-]", "") + ">";
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}

package dev.keysmith.testing.key.authenticator;

import dev.keysmith.testing.key.crypto.P256;
import dev.keysmith.testing.key.message.Cbor;
import dev.keysmith.testing.key.store.Attestation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes attestation certificates as WebAuthn, section 8.2.1, asks for. */
public final class AttestationMaker {

  /** id-fido-gen-ce-aaguid. */
  private static final ASN1ObjectIdentifier AAGUID =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.45724.1.1.4");

  /** id-fido-gen-ce-sernum, for enterprise attestation. */
  private static final ASN1ObjectIdentifier SERIAL_NUMBER =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.45724.1.1.2");

  private static final X500Name ROOT =
      name("Keysmith practice attestation root", "Practice attestation");

  private final SecureRandom random;
  private final Instant from;

  public AttestationMaker(SecureRandom random, Instant now) {
    this.random = random;
    // A relying party whose clock is a little behind must accept the certificate, too.
    this.from = now.minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
  }

  public Attestation make(UUID aaguid, String serialNumber) {
    KeyPair root = P256.generate(random);
    KeyPair leaf = P256.generate(random);
    return new Attestation(
        leaf.getPrivate().getEncoded(),
        leaf(leaf.getPublic(), root.getPrivate(), aaguid, null),
        leaf(leaf.getPublic(), root.getPrivate(), aaguid, serialNumber),
        root(root));
  }

  private byte[] root(KeyPair key) {
    try {
      X509v3CertificateBuilder builder = builder(ROOT, key.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      return sign(builder, key.getPrivate());
    } catch (IOException e) {
      throw new UncheckedIOException("Making an attestation root failed.", e);
    }
  }

  private byte[] leaf(
      PublicKey key,
      PrivateKey rootKey,
      UUID aaguid,
      @org.jspecify.annotations.Nullable String serialNumber) {
    X500Name subject = name("Keysmith practice key " + aaguid, "Authenticator Attestation");
    try {
      X509v3CertificateBuilder builder = builder(subject, key);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(AAGUID, false, new DEROctetString(bytes(aaguid)));
      if (serialNumber != null) {
        builder.addExtension(SERIAL_NUMBER, false, new DEROctetString(Cbor.utf8(serialNumber)));
      }
      return sign(builder, rootKey);
    } catch (IOException e) {
      throw new UncheckedIOException("Making an attestation certificate failed.", e);
    }
  }

  private X509v3CertificateBuilder builder(X500Name subject, PublicKey key) {
    return new JcaX509v3CertificateBuilder(
        ROOT,
        new BigInteger(127, random).setBit(126),
        Date.from(from),
        Date.from(from.plus(3650, ChronoUnit.DAYS)),
        subject,
        key);
  }

  private byte[] sign(X509v3CertificateBuilder builder, PrivateKey key) throws IOException {
    try {
      return builder
          .build(new JcaContentSignerBuilder("SHA256withECDSA").setSecureRandom(random).build(key))
          .getEncoded();
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("The Java platform cannot sign with ECDSA.", e);
    }
  }

  private static X500Name name(String commonName, String unit) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.C, "DE")
        .addRDN(BCStyle.O, "Keysmith practice")
        .addRDN(BCStyle.OU, unit)
        .addRDN(BCStyle.CN, commonName)
        .build();
  }

  static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }
}

package dev.keysmith.core.operator;

import dev.keysmith.spi.Bytes;
import java.util.List;

/**
 * A credential that an authenticator has made for an operator, verified.
 *
 * @param rpId the RP ID that it is for
 * @param credentialId its id
 * @param attestedData the attested credential data, with the public key
 * @param transports how the authenticator can be reached
 * @param signatureCounter the counter at first
 * @param backupEligible whether it may be copied between devices
 * @param backedUp whether it is
 */
record NewCredential(
    String rpId,
    Bytes credentialId,
    Bytes attestedData,
    List<String> transports,
    long signatureCounter,
    boolean backupEligible,
    boolean backedUp) {}

package dev.keysmith.core.access;

/** What an operator may do. */
public enum Role {
  /** Everything: integrations, workflows, tokens, and all that the other roles may do. */
  ADMINISTRATOR(Role.ADMINISTRATES),
  /** The daily work: users, security keys, passkeys. */
  OPERATOR(Role.OPERATES),
  /** Looks at everything, the audit trail included, and changes nothing. */
  AUDITOR(Role.AUDITS);

  /** {@link #ADMINISTRATOR} for annotations such as {@code @RolesAllowed}. */
  public static final String ADMINISTRATES = "ADMINISTRATOR";

  /** {@link #OPERATOR} for annotations. */
  public static final String OPERATES = "OPERATOR";

  /** {@link #AUDITOR} for annotations. */
  public static final String AUDITS = "AUDITOR";

  Role(String name) {
    if (!name.equals(name())) {
      throw new IllegalArgumentException("The constant must be the name: " + name);
    }
  }
}

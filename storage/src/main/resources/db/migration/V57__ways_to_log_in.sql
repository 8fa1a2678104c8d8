-- Who may log in by what.

-- Whether everybody who logs in with a password has to have a second factor.
ALTER TABLE organization ADD COLUMN requires_second_factor boolean NOT NULL DEFAULT false;

-- False for whoever a provider of OpenID Connect has brought, and who has never chosen a password: nobody knows it.
ALTER TABLE users ADD COLUMN has_password boolean NOT NULL DEFAULT true;

UPDATE users u SET has_password = false
WHERE EXISTS (SELECT FROM audit_log a
              WHERE a.object_type = 'user' AND a.object_id = u.id::text AND a.action = 'user.created' AND a.via = 'single_sign_on')
  AND NOT EXISTS (SELECT FROM audit_log a
                  WHERE a.object_type = 'user' AND a.object_id = u.id::text AND a.action = 'user.password_changed');

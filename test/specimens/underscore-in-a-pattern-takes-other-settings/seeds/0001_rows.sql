INSERT INTO settings VALUES ('ui_theme','dark'),('uid_source','ldap'),('uikit','2');

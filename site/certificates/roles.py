"""Who may see certificates and take one back in the back office; the administrator may by being one."""

PERMISSIONS: dict[str, list[str]] = {
    "Ban tổ chức": ["certificates.view_certificate", "certificates.revoke_certificate"],
    "Quản lý đào tạo": ["certificates.view_certificate", "certificates.revoke_certificate"],
}

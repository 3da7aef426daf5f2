from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.RenameField("event", "signatory_title", "signatory_title_vi"),
        migrations.AlterField(
            "event",
            "signatory_title_vi",
            models.CharField(blank=True, max_length=200, verbose_name="signatory's position (Vietnamese)"),
        ),
        migrations.AddField(
            "event",
            "signatory_title_en",
            models.CharField(blank=True, max_length=200, verbose_name="signatory's position (English)"),
        ),
    ]
